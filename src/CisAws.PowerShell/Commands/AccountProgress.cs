using System;
using System.Diagnostics;
using System.Management.Automation;
using CisAws.Benchmarks;

namespace CisAws.PowerShell.Commands;

/// <summary>Shows how far the work in an account is. Written on the pipeline thread only, and not too often: drawing is slow on 5.1.</summary>
/// <param name="cmdlet">Writes it.</param>
/// <param name="activity">Says what is done in "account 111122223333".</param>
/// <param name="controls">How many controls are assessed; null where only the calls are counted.</param>
internal sealed class AccountProgress(Cmdlet cmdlet, Func<string, string> activity, int? controls = null)
{
    private const int ActivityId = 120;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceShown = new();

    private string _account = "";

    private string _last = "";

    private int _decided;

    private int _calls;

    /// <summary>How many calls have ended.</summary>
    public int Calls => _calls;

    public void Begin(string accountId) => _account = accountId;

    public void Called()
    {
        _calls++;
        if (!_sinceShown.IsRunning || _sinceShown.Elapsed > Interval)
        {
            Show();
        }
    }

    public void Decided(ControlId control)
    {
        _decided++;
        _last = $"Assessed {control}";
        Show();
    }

    public void Complete() => cmdlet.WriteProgress(Record(ProgressRecordType.Completed));

    private void Show()
    {
        _sinceShown.Restart();
        cmdlet.WriteProgress(Record(ProgressRecordType.Processing));
    }

    private ProgressRecord Record(ProgressRecordType type) => new(
        ActivityId,
        activity(_account.Length == 0 ? "the account" : $"account {_account}"),
        (controls is { } all ? $"{_decided} of {all} controls, " : "") + $"{_calls} calls to AWS")
    {
        RecordType = type,
        // Less than 0 where the end is not known.
        PercentComplete = controls switch { null => -1, 0 => 100, { } count => 100 * _decided / count },
        CurrentOperation = _last,
    };
}
