using System;

namespace CisAws.Results;

/// <summary>One run over one account. Its results share it, so that what is known only at the end is known to all of them.</summary>
public sealed class AssessmentRun
{
    internal AssessmentRun(DateTimeOffset startedAt, Guid? runId = null)
    {
        StartedAt = CollectedAt = startedAt;
        RunId = runId ?? Guid.NewGuid();
    }

    /// <summary>A run that has ended.</summary>
    /// <param name="values">What it took.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="collectedAt">When the evidence was collected.</param>
    internal AssessmentRun(RunValues values, DateTimeOffset startedAt, DateTimeOffset collectedAt)
    {
        (RunId, CisAwsVersion, Calls, Duration) = (values.RunId, values.CisAwsVersion, values.Calls, values.Duration);
        (StartedAt, CollectedAt) = (startedAt, collectedAt);
        IsComplete = true;
    }

    /// <summary>The same on every result of the run.</summary>
    public Guid RunId { get; }

    /// <summary>The version of CisAws that assessed, such as 0.1.0.</summary>
    public string CisAwsVersion { get; } = typeof(AssessmentRun).Assembly.GetName().Version!.ToString(3);

    /// <summary>When it began (UTC); ages are counted to this time.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When the evidence was collected (UTC).</summary>
    public DateTimeOffset CollectedAt { get; internal set; }

    /// <summary>The name of the account; empty if it is not known.</summary>
    internal string AccountName { get; set; } = "";

    /// <summary>The organizational unit of the account; empty if it is not known.</summary>
    internal string OrganizationalUnit { get; set; } = "";

    /// <summary>How many calls to AWS it took; null until the run has ended.</summary>
    public int? Calls { get; private set; }

    /// <summary>How long it took; null until the run has ended.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Whether all of its results were returned; they are where the run was read from a document. False where the pipeline ended before that.</summary>
    internal bool IsComplete { get; set; }

    internal RunValues Values => new() { RunId = RunId, CisAwsVersion = CisAwsVersion, Calls = Calls, Duration = Duration };

    /// <summary>Notes what the run took.</summary>
    public void End(int calls, TimeSpan duration)
    {
        Calls = calls;
        Duration = duration;
    }
}
