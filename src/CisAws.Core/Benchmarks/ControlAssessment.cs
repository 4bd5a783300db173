namespace CisAws.Benchmarks;

/// <summary>
/// How the benchmark says that a control is assessed. CisAws decides some controls that a benchmark calls manual: their results are not always Manual.
/// </summary>
public enum ControlAssessment : long
{
    /// <summary>From what AWS returns.</summary>
    Automated,

    /// <summary>By a person.</summary>
    Manual,
}
