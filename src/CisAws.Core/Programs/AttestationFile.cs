using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>
/// Reads attestation files of MITRE SAF, in JSON: a list of attestations, or the configuration of the InSpec reporter that holds
/// one. SAF's IDs of the profile for this benchmark, cis-aws-foundations-1.17, count as those of the controls.
/// https://saf-cli.mitre.org/#attest
/// </summary>
internal static class AttestationFile
{
    // SAF's reports, which may hold attestations, are larger than a list of them.
    private const int LargestBytes = 16 * 1024 * 1024;

    private static readonly Regex ProfileId = new("^cis-aws-foundations-(?<id>[0-9]+\\.[0-9]+)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The attestations in a file, and what is doubtful about them.</summary>
    /// <exception cref="ProgramException">The file cannot be read, or an attestation in it is not valid.</exception>
    public static (IReadOnlyList<CisAttestation> Attestations, IReadOnlyList<CisProgramProblem> Warnings) Read(string path, DateTimeOffset now)
    {
        try
        {
            var problems = new ProblemList(path);
            var list = Find(LocatedJson.Parse(AtomicFile.Read(path, LargestBytes)))
                ?? throw Failure(path, "the file contains no list of attestations", null);
            var context = new ReadContext(problems, now.UtcDateTime.Date, [.. Benchmark.AllControls]) { IdOf = ControlOf };
            var attestations = (IReadOnlyList<CisAttestation>)ProgramFormat.Attestations.Read(list, context)!;
            new ProgramChecks(context).Check(attestations, list);
            var errors = problems.Ordered.Where(p => p.Severity == ProblemSeverity.Error).ToList();
            return errors.Count == 0
                ? (attestations, problems.Ordered)
                : throw new ProgramException(
                    "InvalidAttestation", $"{path}, {string.Join(" ", errors)}", "Correct the file and try again.", problems.Ordered);
        }
        catch (JsonSyntaxException e)
        {
            throw Failure(path, $"line {e.Line}, {e.Path}: the file is not valid JSON. {e.Message} {e.Fix}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Failure(path, e.Message, e);
        }
    }

    private static string ControlOf(string id) => ProfileId.Match(id) is { Success: true } match ? match.Groups["id"].Value : id;

    private static LocatedJson? Find(LocatedJson root) => root.Kind == JsonValueKind.Array
        ? root
        : root.Members.Where(m => m.Key is "attestations" or "plugins" or "inspec-reporter-json-hdf").Select(m => Find(m.Value)).FirstOrDefault(f => f is not null);

    private static ProgramException Failure(string path, string why, Exception? e) => new(
        "AttestationNotRead", $"No attestations could be read from {path}: {why.TrimEnd('.')}.",
        "Specify a JSON file of MITRE SAF attestations, as 'saf attest create -t json' writes it: a list of objects with control_id, status and so on.", null, e);
}
