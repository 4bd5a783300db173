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

    /// <summary>The class of the trouble: stable, the error's id in PowerShell.</summary>
    public string Code { get; }

    /// <summary>What to do.</summary>
    public string RecommendedAction { get; }

    /// <summary>What is wrong with the program; empty where the trouble is not in it.</summary>
    public IReadOnlyList<CisProgramProblem> Problems { get; }
}
