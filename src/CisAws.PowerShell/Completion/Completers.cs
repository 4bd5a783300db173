using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CisAws.Evidence;
using CisAws.PowerShell.Loading;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Completion;

/// <summary>Completes region names. From a fixed list: completion takes no network; any other name can be typed.</summary>
internal sealed class RegionCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        AwsRegion.All.Select(r => new Candidate(r.Name, r.Location) { Keywords = r.Location });
}

/// <summary>Completes the names of profiles, with how each gets credentials; -ProfileLocation on the same line is looked in.</summary>
internal sealed class ProfileCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        // Relative to a location that a completer does not know.
        var location = bound["ProfileLocation"]?.ToString();
        if (location is not null && !System.IO.Path.IsPathRooted(location))
        {
            return [];
        }

        try
        {
            return LibraryLoader.Connector.Profiles(location).Select(p => new Candidate(p.Name, p.Description)).ToList();
        }
        catch (Exception)
        {
            // A file that cannot be read, or an SDK that cannot be loaded: the cmdlet says so when it is run, and Tab says nothing.
            return [];
        }
    }
}

/// <summary>Completes the names of programs, from the folders they are kept in, and paths of files.</summary>
internal sealed class ProgramCompleter : ListCompleter
{
    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        // For null PowerShell offers files.
        ProgramLookup.IsPath((wordToComplete ?? "").Trim('\'', '"'))
            ? null!
            : base.CompleteArgument(commandName, parameterName, wordToComplete!, commandAst, fakeBoundParameters);

    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        Store(bound).Names().Select(n => new Candidate(n.Name, n.File ?? DefaultPrograms.Find(n.Name)!.Description));
}

/// <summary>Completes how long an attestation is valid.</summary>
internal sealed class FrequencyCompleter : ListCompleter
{
    private static readonly (string Word, string Period)[] Words =
    [
        ("annually", "one year"), ("semiannually", "six months"), ("quarterly", "three months"), ("monthly", "one month"),
        ("every2weeks", "two weeks"), ("weekly", "one week"), ("every3days", "three days"), ("daily", "one day"),
    ];

    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        Words.Select(w => new Candidate(w.Word, $"Valid for {w.Period} from the day of the attestation."));
}

/// <summary>Completes periods that end with the last day of an entry.</summary>
internal sealed class PeriodCompleter : ListCompleter
{
    private static readonly string[] Periods = ["30d", "90d", "6m", "1y"];

    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        Periods.Select(p => new Candidate(p, $"Until {IsoDate.Write(Frequencies.After(DateTime.UtcNow, p)!.Value)}.") { Insertion = p });
}
