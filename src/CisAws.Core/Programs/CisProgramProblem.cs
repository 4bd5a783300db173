namespace CisAws.Programs;

/// <summary>Whether a problem keeps a program from being used.</summary>
public enum ProblemSeverity : long
{
    /// <summary>The program cannot be used.</summary>
    Error,

    /// <summary>The program can be used, but something in it has no effect, or has expired.</summary>
    Warning,
}

/// <summary>One thing that is wrong with a program: where, and how to correct it.</summary>
/// <param name="Severity">Error: the program cannot be used. Warning: it can.</param>
/// <param name="Code">The kind of problem, for scripts: stable from version to version.</param>
/// <param name="File">The file; empty where the program is not in one yet.</param>
/// <param name="Line">The line in the file, from 1; 0 where there is none.</param>
/// <param name="Path">The place inside the file, as JSONPath: <c>$.settings['1.3'].MaxUnusedCredentialDays</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">How to correct it.</param>
public sealed record CisProgramProblem(ProblemSeverity Severity, string Code, string File, int Line, string Path, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => (Line > 0 ? $"line {Line}, " : "") + $"{Path}: {Message} {Fix}";
}
