using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Emulator;

/// <summary>The emulator as a program: serves evidence files until Ctrl+C.</summary>
internal static class CommandLine
{
    private const string Example = "dotnet run --project src/CisAws.Emulator -- module/demo/account.json";

    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "An evidence file for each account.",
        Arity = ArgumentArity.OneOrMore,
        Validators = { RefuseUnknownOption },
    };

    private static readonly Option<int?> Port = Number("--port", "The port on 127.0.0.1. Default: any free port.", 0, 65535);
    private static readonly Option<int?> Latency = Number("--latency", "Delays each response, in milliseconds.", 0, 600_000);
    private static readonly Option<int?> Rate = Number("--rate", "The maximum number of calls per second to each service in each region. Default: no limit.", 1, 10_000);
    private static readonly Option<int?> PageSize = Number("--page-size", "The maximum number of items on a page. Default: that of each service.", 1, 1000);
    private static readonly Option<string?> Organization = new("--organization")
    {
        Description = "A JSON file with the organization that the accounts are in, so that they can be listed.",
        HelpName = "file",
    };

    private static readonly Option<bool> NoSignature = new("--no-signature") { Description = "Does not check signatures. Calls with unknown access keys are those of the first account." };
    private static readonly Option<Fault[]> Faults = Calls("--fault", FaultSyntax.EffectAndCalls, "Makes calls fail. Effects: see below.", FaultSyntax.Parse);
    private static readonly Option<Fault[]> ScpDeny = Calls("--scp-deny", FaultSyntax.Calls, "Denies actions by a service control policy.", t => FaultSyntax.Parse(FaultEffect.ScpDenied, t));
    private static readonly Option<Fault[]> Deny = Calls("--deny", FaultSyntax.Calls, "Denies actions by the permissions of the caller.", t => FaultSyntax.Parse(FaultEffect.AccessDenied, t));

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the address and the credentials, or the help.</param>
    /// <param name="error">Receives errors and warnings.</param>
    /// <returns>The exit code: 2 if the command line is not valid, 1 if the accounts cannot be served.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return await InvalidAsync(error, parsed.Errors.Select(e => e.SymbolResult is ArgumentResult { Tokens.Count: 0 } ? "Specify an evidence file." : e.Message)).ConfigureAwait(false);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }).ConfigureAwait(false);
    }

    /// <summary>Reads the command line.</summary>
    internal static ParseResult Parse(string[] args)
    {
        var command = new RootCommand("Serves AWS accounts from evidence files on 127.0.0.1 until Ctrl+C. It prints the environment variables to use.")
        {
            Files, Organization, Port, Latency, Rate, PageSize, NoSignature, Deny, ScpDeny, Faults,
        };
        command.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        command.SetAction(ServeAsync);
        return command.Parse(args);
    }

    /// <summary>How the server behaves with these options.</summary>
    internal static EmulatorOptions OptionsOf(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(Port) ?? 0,
        Latency = TimeSpan.FromMilliseconds(parsed.GetValue(Latency) ?? 0),
        Rate = parsed.GetValue(Rate),
        PageSize = parsed.GetValue(PageSize),
        Organization = parsed.GetValue(Organization) is { } file ? EmulatedOrganization.Load(file) : null,
        RequireSignature = !parsed.GetValue(NoSignature),
        // A fault may be temporary; a denial is not.
        Faults = [.. parsed.GetValue(Faults) ?? [], .. parsed.GetValue(ScpDeny) ?? [], .. parsed.GetValue(Deny) ?? []],
    };

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken ct)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var options = OptionsOf(parsed);
            var accounts = parsed.GetRequiredValue(Files).Select(f => Load(f, error)).ToList();
            if (UnknownRegion(options.Faults, accounts) is { } message)
            {
                return await InvalidAsync(error, [message]).ConfigureAwait(false);
            }

            await using var server = await EmulatorServer.StartAsync(accounts, options, ct).ConfigureAwait(false);
            await output.WriteLineAsync(Describe(server, accounts)).ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            // A file that is missing or not an evidence file, a port in use, an account in two files.
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> InvalidAsync(TextWriter error, IEnumerable<string> messages)
    {
        await error.WriteLineAsync(string.Join('\n', [.. messages.Distinct(), "For all options, run it with --help."])).ConfigureAwait(false);
        return 2;
    }

    // An unknown option would be taken for the name of a file.
    private static void RefuseUnknownOption(ArgumentResult files)
    {
        var options = ((CommandResult)files.Parent!).Command.Options.Select(o => o.Name).ToList();
        foreach (var token in files.Tokens.Where(t => t.Value.StartsWith('-')))
        {
            files.AddError($"There is no option {token.Value}. The options are {string.Join(", ", options)}.");
        }
    }

    private static string? UnknownRegion(IReadOnlyList<Fault> faults, List<AccountEvidence> accounts)
    {
        var regions = accounts.SelectMany(a => a.Get(EvidenceKinds.Regions).Match(r => r.Select(x => x.Name), _ => [])).Distinct().ToList();
        return regions.Count > 0 && faults.FirstOrDefault(f => f.Region is not null && !regions.Contains(f.Region)) is { } fault
            ? $"There is no region '{fault.Region}' in the evidence. The regions are {string.Join(", ", regions)}."
            : null;
    }

    private static AccountEvidence Load(string file, TextWriter warnings)
    {
        try
        {
            var account = AccountEvidence.Load(file);
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

    // A script of the shell: what is not a command is a comment.
    private static string Describe(EmulatorServer server, List<AccountEvidence> accounts) => string.Join('\n', [
        $"# Account {accounts[0].Account.AccountId} is served at {server.Url} until Ctrl+C. To use it:",
        Set("AWS_ENDPOINT_URL", server.Url.ToString()),
        .. Keys((server.AccessKey, server.SecretKey)),
        Set("AWS_DEFAULT_REGION", "us-east-1"),
        .. accounts.Skip(1).SelectMany(a => Keys(server.CredentialsOf(a.Account.AccountId))
            .Select(k => "# " + k).Prepend($"# Or, for account {a.Account.AccountId}:")),
        "# Roles that these credentials can assume:",
        .. accounts.SelectMany(Roles),
    ]);

    private static IEnumerable<string> Keys((string AccessKey, string SecretKey) key) =>
        [Set("AWS_ACCESS_KEY_ID", key.AccessKey), Set("AWS_SECRET_ACCESS_KEY", key.SecretKey)];

    private static string Set(string name, string value) => OperatingSystem.IsWindows() ? $"$env:{name} = '{value}'" : $"export {name}='{value}'";

    private static IEnumerable<string> Roles(AccountEvidence account) => AssumableRole.Of(account) is { } roles
        ? roles.Select(r => $"#   {JsonEncodedText.Encode(r.Arn + (r.ExternalIds.Count == 0 ? "" : $", external ID {string.Join(" or ", r.ExternalIds)}"))}")
        : [$"#   any role of account {account.Account.AccountId}, whose roles are not in the evidence"];

    private static Option<int?> Number(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            {
                return number;
            }

            result.AddError($"{name} requires a whole number from {minimum} to {maximum}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static Option<Fault[]> Calls(string name, string syntax, string description, Func<string, Fault> parse) => new(name)
    {
        Description = description,
        HelpName = syntax,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(t => parse(t.Value))];
            }
            catch (FormatException e)
            {
                result.AddError($"{name}: {e.Message}");
                return null;
            }
        },
    };

    /// <summary>The help, with the effects of faults and examples.</summary>
    private sealed class HelpWithExamples : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = new HelpAction().Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(
                $"""
                Calls:
                  An action is an IAM action; * matches any characters. Without a region, calls in all regions fail. The first n matching
                  calls succeed (after=n), and no more than n calls fail (times=n). The options can be repeated. If several apply to a
                  call, --fault takes precedence over --scp-deny and --deny.

                Effects:
                {string.Join('\n', FaultSyntax.Effects.Select(e => $"  {e.Key,-20}{e.Value}"))}

                Roles:
                  The credentials of each account can assume the roles of all accounts whose trust policy has an AWS principal. If the
                  trust policy requires an external ID, the call must contain it.

                Examples:
                  {Example} --port 5000
                  {Example} --deny 'ec2:Describe*@eu-west-1' --scp-deny 'config:*'
                  {Example} --fault 'Throttled=kms:*,times=20' --fault 'CredentialsExpired=*,after=100'
                  {Example} --latency 50 --rate 20 --page-size 2
                  {Example} second-account.json
                  aws sts assume-role --role-arn arn:aws:iam::222233334444:role/Auditor --role-session-name test
                """);
            return exitCode;
        }
    }
}
