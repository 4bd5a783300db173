using System;

namespace CisAws.Results;

/// <summary>One run over one account. Its results share it, so that what is known only at the end is known to all of them.</summary>
public sealed class AssessmentRun
{
    internal AssessmentRun(DateTimeOffset startedAt) => StartedAt = CollectedAt = startedAt;

    /// <summary>The same on every result of the run.</summary>
    public Guid RunId { get; } = Guid.NewGuid();

    /// <summary>When it began (UTC); ages are counted to this time.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When the evidence was collected (UTC).</summary>
    public DateTimeOffset CollectedAt { get; internal set; }

    /// <summary>How many calls to AWS it took; null until the run has ended.</summary>
    public int? Calls { get; private set; }

    /// <summary>How long it took; null until the run has ended.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Notes what the run took.</summary>
    public void End(int calls, TimeSpan duration)
    {
        Calls = calls;
        Duration = duration;
    }
}
