namespace CisAws.Aws.Tests;
