using System;
using System.Collections.Generic;

namespace CisAws.Programs;

/// <summary>A program that cannot be found, used or written.</summary>
public sealed class ProgramException : Exception
{
    internal ProgramException(string code, string message, string recommendedAction, IReadOnlyList<CisProgramProblem>? problems = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        RecommendedAction = recommendedAction;
        Problems = problems ?? [];
    }

    /// <summary>The kind of problem: stable, and the ID of the error in PowerShell.</summary>
    public string Code { get; }

    /// <summary>What to do.</summary>
    public string RecommendedAction { get; }

    /// <summary>What is wrong with the program; empty where the problem is elsewhere.</summary>
    public IReadOnlyList<CisProgramProblem> Problems { get; }
}
