using System;
using System.Diagnostics;
using System.Management.Automation;
using CisAws.Benchmarks;

namespace CisAws.PowerShell.Commands;

/// <summary>Shows how far an assessment is. Written on the pipeline thread only, and not too often: drawing is slow on 5.1.</summary>
internal sealed class AssessmentProgress(Cmdlet cmdlet, string program, int controls)
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
        $"Assessing {(_account.Length == 0 ? "the account" : $"account {_account}")} against {program}",
        $"{_decided} of {controls} controls, {_calls} calls to AWS")
    {
        RecordType = type,
        PercentComplete = controls == 0 ? 100 : 100 * _decided / controls,
        CurrentOperation = _last,
    };
}
