return await CisAws.Emulator.CommandLine.RunAsync(args, System.Console.Out, System.Console.Error);
