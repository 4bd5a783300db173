using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// Shows how far a run is: the account, or in a list how many accounts are finished, and below it those that are worked on. Used on the pipeline thread
/// only, and not too often: drawing is slow on 5.1.
/// </summary>
/// <param name="cmdlet">Writes it.</param>
internal sealed class RunProgress(Cmdlet cmdlet)
{
    private const int ActivityId = 120;
    private const int None = -1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceShown = new();
    private readonly List<AccountProgress> _waiting = [];
    private readonly SortedDictionary<int, AccountProgress> _shown = [];
    private int _finished;
    private int _calls;
    private bool _isList;

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isList">Whether it is one of a list.</param>
    public void Add(AccountProgress account, bool isList)
    {
        _isList = isList;
        _waiting.Add(account);
    }

    /// <summary>Shows the state, unless it was just shown.</summary>
    public void Update()
    {
        if (!_sinceShown.IsRunning || _sinceShown.Elapsed > Interval)
        {
            Show();
        }
    }

    /// <summary>Shows the state.</summary>
    public void Show()
    {
        _sinceShown.Restart();
        if (!_isList)
        {
            _waiting.ForEach(a => cmdlet.WriteProgress(a.Record(ActivityId, None, ProgressRecordType.Processing)));
            return;
        }

        foreach (var begun in _waiting.Where(a => a.HasBegun).ToList())
        {
            _waiting.Remove(begun);
            _shown.Add(Enumerable.Range(ActivityId + 1, _shown.Count + 1).First(id => !_shown.ContainsKey(id)), begun);
        }

        foreach (var ended in _shown.Where(a => a.Value.HasEnded).ToList())
        {
            _shown.Remove(ended.Key);
            _finished++;
            _calls += ended.Value.Calls;
            cmdlet.WriteProgress(ended.Value.Record(ended.Key, ActivityId, ProgressRecordType.Completed));
        }

        cmdlet.WriteProgress(OfList(ProgressRecordType.Processing));
        foreach (var account in _shown)
        {
            cmdlet.WriteProgress(account.Value.Record(account.Key, ActivityId, ProgressRecordType.Processing));
        }
    }

    /// <summary>Removes what is shown.</summary>
    public void Complete()
    {
        if (!_isList)
        {
            _waiting.ForEach(a => cmdlet.WriteProgress(a.Record(ActivityId, None, ProgressRecordType.Completed)));
            _waiting.Clear();
            return;
        }

        foreach (var account in _shown)
        {
            cmdlet.WriteProgress(account.Value.Record(account.Key, ActivityId, ProgressRecordType.Completed));
        }

        cmdlet.WriteProgress(OfList(ProgressRecordType.Completed));
    }

    private ProgressRecord OfList(ProgressRecordType type) => new(
        ActivityId, "Accounts", $"{_finished} finished, {_shown.Count} in progress, {_calls + _shown.Values.Sum(a => a.Calls)} calls to AWS")
    {
        RecordType = type,
        // The number of all accounts is not known before the last one comes.
        PercentComplete = -1,
    };
}
