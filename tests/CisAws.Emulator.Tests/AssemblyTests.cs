namespace CisAws.Emulator.Tests;
