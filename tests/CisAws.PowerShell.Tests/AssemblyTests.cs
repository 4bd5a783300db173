namespace CisAws.PowerShell.Tests;
