namespace CisAws.Rules;

/// <summary>The status of a control or a resource.</summary>
public enum CisStatus : long
{
    /// <summary>The control's demand is met.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>It should be decidable, but something it rests on could not be read.</summary>
    Unknown,

    /// <summary>Only a person can decide.</summary>
    Manual,

    /// <summary>Nothing of the kind exists.</summary>
    NotApplicable,

    /// <summary>It fails, and the failure is accepted.</summary>
    Exempt,
}
