using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Emulator;

/// <summary>The emulator as a program: serves evidence files until Ctrl+C.</summary>
internal static class CommandLine
{
    private const string Usage = """
        Serves AWS accounts out of evidence files on 127.0.0.1, until Ctrl+C.

        dotnet run --project src/CisAws.Emulator -- account.json [more.json ...] [--port 5000]
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var (files, port) = Parse(args);
            var accounts = files.Select(f => Load(f, error)).ToList();
            await using var server = await EmulatorServer.StartAsync(accounts, new EmulatorOptions { Port = port }).ConfigureAwait(false);
            await output.WriteLineAsync(Describe(server, accounts)).ConfigureAwait(false);
            await StoppedAsync().ConfigureAwait(false);
            return 0;
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync($"{e.Message}\n\n{Usage}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            // A file that is missing or is no evidence, a port that is taken, an account given twice.
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static (IReadOnlyList<string> Files, int Port) Parse(string[] args)
    {
        var files = new List<string>();
        var port = 0;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--port")
            {
                var text = i + 1 < args.Length ? args[++i] : "";
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535)
                {
                    throw new UsageException($"--port needs a number from 0 (any free port) to 65535, not '{text}'.");
                }
            }
            else if (args[i].StartsWith('-'))
            {
                throw new UsageException($"There is no option {args[i]}.");
            }
            else
            {
                files.Add(args[i]);
            }
        }

        return files.Count > 0 ? (files, port) : throw new UsageException("Name at least one evidence file.");
    }

    private static AccountEvidence Load(string file, TextWriter warnings)
    {
        try
        {
            var account = AccountEvidence.FromJson(File.ReadAllText(file));
            foreach (var warning in account.Warnings)
            {
                warnings.WriteLine($"{file}: {warning}");
            }

            return account;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static string Describe(EmulatorServer server, IReadOnlyList<AccountEvidence> accounts)
    {
        var others = accounts.Skip(1).Select(a => $"# or, for account {a.Account.AccountId}:\n{Keys(server.CredentialsOf(a.Account.AccountId))}");
        return string.Join('\n', [
            $"Account {accounts[0].Account.AccountId} is served at {server.Url} until Ctrl+C. To use it:",
            Set("AWS_ENDPOINT_URL", server.Url.ToString()),
            Keys((server.AccessKey, server.SecretKey)),
            Set("AWS_DEFAULT_REGION", "us-east-1"),
            .. others,
        ]);

        static string Keys((string AccessKey, string SecretKey) key) =>
            Set("AWS_ACCESS_KEY_ID", key.AccessKey) + "\n" + Set("AWS_SECRET_ACCESS_KEY", key.SecretKey);

        static string Set(string name, string value) => OperatingSystem.IsWindows() ? $"$env:{name} = '{value}'" : $"export {name}='{value}'";
    }

    private static async Task StoppedAsync()
    {
        var stopped = new TaskCompletionSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task.ConfigureAwait(false);
    }

    private sealed class UsageException(string message) : Exception(message);
}
