using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using CisAws.Connections;
using CisAws.PowerShell.Connections;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// The work on one account: what was asked for, read from the parameters when they named this account and not another one, and the way to the pipeline.
/// </summary>
internal sealed class AccountWork : IDisposable
{
    private readonly CancellationTokenSource _deadline = new();

    /// <summary>The controls, in their order.</summary>
    public required IReadOnlyList<CisControl> Controls { get; init; }

    /// <summary>Names the account.</summary>
    public required AccountLabel Label { get; init; }

    /// <summary>The regions to look at; empty for every enabled one.</summary>
    public required IReadOnlyCollection<string> Regions { get; init; }

    /// <summary>What the error about a connection that fails is about.</summary>
    public string? Target { get; init; }

    /// <summary>The name of the account; empty if it is not known.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>The organizational unit that the account is in; empty if it is not known.</summary>
    public string OrganizationalUnit { get; init; } = "";

    /// <summary>How to connect.</summary>
    public ConnectionOptions Options { get; set; } = new();

    /// <summary>How far the work is.</summary>
    public required AccountProgress Progress { get; init; }

    /// <summary>What went wrong, for the warnings at the end.</summary>
    public required ProblemReport Problems { get; init; }

    /// <summary>Has something written on the pipeline thread; callable from any thread.</summary>
    public Action<Action> Post { get; set; } = _ => { };

    /// <summary>How long the work has taken.</summary>
    public Stopwatch Watch { get; } = new();

    /// <summary>Is cancelled when the time limit is reached.</summary>
    public CancellationToken Deadline => _deadline.Token;

    /// <summary>Notes that the work begins.</summary>
    /// <param name="limit">How long it can take, in seconds; 0 for no limit.</param>
    public void Begin(int limit)
    {
        Watch.Start();
        if (limit > 0)
        {
            _deadline.CancelAfter(TimeSpan.FromSeconds(limit));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _deadline.Dispose();
}
