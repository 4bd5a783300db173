namespace CisAws.Shell.Tests;
