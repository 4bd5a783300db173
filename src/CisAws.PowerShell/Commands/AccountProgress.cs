using System;
using System.Management.Automation;
using System.Threading;
using CisAws.Benchmarks;

namespace CisAws.PowerShell.Commands;

/// <summary>How far the work in an account is. It counts on any thread; <see cref="RunProgress"/> shows it.</summary>
/// <param name="activity">Says what is done in "account 111122223333".</param>
/// <param name="controls">How many controls are assessed; null where only the calls are counted.</param>
internal sealed class AccountProgress(Func<string, string> activity, int? controls)
{
    private volatile string _account = "";
    private volatile string _last = "";
    private int _decided;
    private int _calls;

    /// <summary>How many calls have ended.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whether the work has begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the work has ended.</summary>
    public bool HasEnded { get; private set; }

    public void Begin() => HasBegun = true;

    public void Identify(string accountId) => _account = accountId;

    public void Called() => Interlocked.Increment(ref _calls);

    public void Decided(ControlId control)
    {
        Interlocked.Increment(ref _decided);
        _last = $"Assessed {control}";
    }

    public void End() => HasEnded = true;

    public ProgressRecord Record(int activityId, int parentId, ProgressRecordType type) => new(
        activityId,
        activity(_account.Length == 0 ? "the account" : $"account {_account}"),
        (controls is { } all ? $"{_decided} of {all} controls, " : "") + $"{_calls} calls to AWS")
    {
        ParentActivityId = parentId,
        RecordType = type,
        // Less than 0 where the end is not known.
        PercentComplete = controls switch { null => -1, 0 => 100, { } count => 100 * _decided / count },
        CurrentOperation = _last,
    };
}
