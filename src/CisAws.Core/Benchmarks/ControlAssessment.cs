namespace CisAws.Benchmarks;

/// <summary>Whether a control can be decided from what AWS answers.</summary>
public enum ControlAssessment : long
{
    /// <summary>The rule decides it.</summary>
    Automated,

    /// <summary>Only a person can decide it.</summary>
    Manual,
}
