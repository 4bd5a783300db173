using System;
using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What a result consists of: filled by the evaluation of a control, or from a result document.</summary>
internal sealed record ResultValues
{
    private readonly string _reason = "";

    /// <summary>The values of a result of a run, before its status is known.</summary>
    public static ResultValues Of(AssessedControl control, string accountId, AssessmentRun run) => new()
    {
        Control = control,
        AccountId = accountId,
        AccountName = run.AccountName.Length == 0 ? null : run.AccountName,
        OrganizationalUnit = run.OrganizationalUnit.Length == 0 ? null : run.OrganizationalUnit,
        RunId = run.RunId,
        AssessedAt = run.StartedAt,
        CollectedAt = run.CollectedAt,
    };

    public AssessedControl Control { get; init; } = new();

    public string AccountId { get; init; } = "";

    /// <summary>The name of the account; null if it is not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>The organizational unit of the account; null if it is not known.</summary>
    public string? OrganizationalUnit { get; init; }

    public CisStatus Status { get; init; }

    public string ReasonCode { get; init; } = "";

    /// <summary>Safe to show.</summary>
    public string Reason
    {
        get => _reason;
        init => _reason = TerminalText.Escape(value);
    }

    public bool Incomplete { get; init; }

    public Guid RunId { get; init; }

    public DateTimeOffset AssessedAt { get; init; }

    public DateTimeOffset CollectedAt { get; init; }

    /// <summary>In the order in which the rules gave them.</summary>
    public IReadOnlyList<FindingValues> Findings { get; init; } = [];

    /// <summary>What the status depends on and could not be read.</summary>
    public IReadOnlyList<ReadFailure> ReadFailures { get; init; } = [];
}
