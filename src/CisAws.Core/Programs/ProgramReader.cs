using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>A program file as read: the program, unless something is wrong enough, and all that is wrong.</summary>
internal sealed record ProgramReading(CisProgram? Program, IReadOnlyList<CisProgramProblem> Problems);

/// <summary>
/// Reads a program file by <see cref="ProgramFormat"/>. It goes on after a problem, so that all of them are reported at once, each with its place
/// and what is expected. What it does not know it refuses: a misspelt key must not be ignored.
/// </summary>
internal static class ProgramReader
{
    /// <summary>Reads a program.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="findBase">Gives the program of a name, or throws <see cref="ProgramException"/>.</param>
    /// <param name="now">The time by which entries have expired.</param>
    public static ProgramReading Read(string json, string file, Func<string, CisProgram?> findBase, DateTimeOffset now)
    {
        var problems = new ProblemList(file);
        try
        {
            var program = Read(LocatedJson.Parse(json), problems, findBase, now.UtcDateTime.Date);
            return new ProgramReading(problems.HasErrors ? null : program! with { Path = file }, problems.Ordered);
        }
        catch (JsonSyntaxException e)
        {
            problems.Add("InvalidJson", e.Line, e.Path, $"This is not valid JSON. {e.Message}", e.Fix);
            return new ProgramReading(null, problems.Ordered);
        }
    }

    /// <summary>
    /// Whether a file is meant to be a program, valid or not: an object with a whole number as its schemaVersion. In a file that is not valid JSON,
    /// for example after a typing error, the name of that member is enough.
    /// </summary>
    public static bool IsProgram(string text)
    {
        try
        {
            return LocatedJson.Parse(text).Members.Any(m => m.Key == "schemaVersion" && m.Value.Integer is not null);
        }
        catch (JsonSyntaxException)
        {
            return text.Contains("\"schemaVersion\"");
        }
    }

    private static CisProgram? Read(LocatedJson root, ProblemList problems, Func<string, CisProgram?> findBase, DateTime today)
    {
        if (root["schemaVersion"] is { Integer: > ProgramFormat.SchemaVersion } version)
        {
            problems.Add(
                "NewerVersion", version,
                $"The program was created by a newer version of CisAws: its format is {version}, this version reads {ProgramFormat.SchemaVersion}.",
                "Update the module. The file was not changed.");
            return null;
        }

        // What ids mean depends on the benchmark, wherever in the file that is said.
        var baseProgram = root["basedOn"] is { Text: { } name } place && name.Trim().Length > 0 ? FindBase(name, place, problems, findBase) : null;
        var named = Benchmark.Find(root["benchmark"]?.Text ?? "");
        var context = new ReadContext(problems, today, (baseProgram?.BenchmarkInForce ?? named ?? Benchmark.Default).Controls);
        var program = ProgramFormat.Program.Read(root, context) with { Base = baseProgram };
        if (baseProgram is not null && program.NamedBenchmark is { } other)
        {
            if (other.Id != baseProgram.Benchmark)
            {
                problems.Add(
                    "OtherBenchmark", root["benchmark"]!, $"The program is based on {baseProgram.Name}, which is for {baseProgram.Benchmark}, and not for {other.Id}.",
                    $"Remove \"benchmark\", or base the program on one for {other.Id}.");
            }

            program = program with { NamedBenchmark = null };
        }

        new ProgramChecks(context).Check(program, root);
        return program;
    }

    private static CisProgram? FindBase(string name, LocatedJson place, ProblemList problems, Func<string, CisProgram?> findBase)
    {
        try
        {
            if (findBase(name) is { } found)
            {
                return found;
            }

            problems.Add(
                "BaseNotFound", place, $"The base program '{name}' was not found.",
                "Get-CisProgram lists the programs. A base must be in the same store, or in the folder of the file.");
        }
        catch (ProgramException e)
        {
            problems.Add("BaseNotUsable", place, $"The program cannot be based on '{name}': {e.Message}", e.RecommendedAction);
        }

        return null;
    }
}
