using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>Whether an action is allowed.</summary>
public enum CisAccessStatus : long
{
    /// <summary>Each call was answered.</summary>
    Allowed,

    /// <summary>A call was denied, in one region at least.</summary>
    Denied,

    /// <summary>A call failed in a way that does not show whether it is allowed: it was throttled, or there was no response.</summary>
    Unknown,

    /// <summary>There was no call: the account has no resource for it, or what the resources are found in could not be read.</summary>
    NotChecked,
}

/// <summary>Whether the calls of one IAM action that an assessment makes are allowed in an account.</summary>
public sealed class CisAccess
{
    internal CisAccess(string accountId, string action, CisAccessStatus status, string reason)
    {
        AccountId = accountId;
        Action = action;
        Status = status;
        Reason = reason;
    }

    /// <summary>The IAM action, such as ec2:DescribeVpcs.</summary>
    public string Action { get; }

    /// <summary>The service, as IAM names it: ec2.</summary>
    public string Service => Action.Split(':')[0];

    /// <summary>Whether the action is allowed.</summary>
    public CisAccessStatus Status { get; }

    /// <summary>Where, and by which policy, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>The controls that would be Unknown or incomplete because of this action.</summary>
    public PrintableList<ControlId> ControlId { get; internal init; } = PrintableList<ControlId>.None;

    /// <summary>The number of regions where it was called; 0 for a global service.</summary>
    public int RegionCount { get; internal init; }

    /// <summary>The regions where the action is denied or its calls fail; empty for a global service.</summary>
    public PrintableList<string> Region { get; internal init; } = PrintableList<string>.None;

    /// <summary>The resources, of those that were called for, where the action is denied or its calls fail; empty for an action that is not about resources.</summary>
    public PrintableList<string> Resource { get; internal init; } = PrintableList<string>.None;

    /// <summary>The types of the policies that deny the action, such as service control policy; empty where AWS does not name one.</summary>
    public PrintableList<string> DeniedBy { get; internal init; } = PrintableList<string>.None;

    /// <summary>The error code that AWS returned; empty if there was no error.</summary>
    public string ErrorCode { get; internal init; } = "";

    /// <summary>The message that AWS returned; empty if there was no error.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action}: {Status}";
}
