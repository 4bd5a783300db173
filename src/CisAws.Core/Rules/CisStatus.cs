using System;

namespace CisAws.Rules;

/// <summary>The status of a control or a resource.</summary>
public enum CisStatus : long
{
    /// <summary>The requirement is met.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>It could be decided, but something that is needed could not be read.</summary>
    Unknown,

    /// <summary>Only a person can decide.</summary>
    Manual,

    /// <summary>Nothing of the kind exists.</summary>
    NotApplicable,

    /// <summary>It fails, and the failure is accepted.</summary>
    Exempt,
}

/// <summary>The order in which statuses decide: what needs attention first.</summary>
internal static class StatusPrecedence
{
    private static readonly CisStatus[] Order =
        [CisStatus.Fail, CisStatus.Unknown, CisStatus.Manual, CisStatus.Exempt, CisStatus.Pass, CisStatus.NotApplicable];

    /// <summary>The place of a status; the lowest of several findings is the control's.</summary>
    public static int Precedence(this CisStatus status) => Array.IndexOf(Order, status);
}
