using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Programs;

namespace CisAws.Core.Tests.Programs;

/// <summary>Reads programs from text, as of a fixed day.</summary>
internal static class Read
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What a program's text comes to.</summary>
    public static ProgramReading Text(string json) => ProgramReader.Read(json, "test.json", DefaultPrograms.Find, Now);

    /// <summary>A program that has no errors, from the members that follow its name.</summary>
    public static CisProgram Program(string members = "")
    {
        var reading = Text(Json(members));
        Assert.DoesNotContain(reading.Problems, p => p.Severity == ProblemSeverity.Error);
        return reading.Program!;
    }

    /// <summary>A program's text; what is given begins on line 4.</summary>
    public static string Json(string members) => "{\n\"schemaVersion\": 1,\n\"name\": \"test\"" + (members.Length == 0 ? "" : ",\n" + members) + "\n}";

    public static IReadOnlyList<CisProgramProblem> Problems(string members) => Text(Json(members)).Problems;

    public static CisProgramProblem Problem(string members) => Assert.Single(Problems(members));

    public static string Ids(CisProgram program) => string.Join(' ', program.Controls.Select(c => c.ControlId));
}
