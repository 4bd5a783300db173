namespace CisAws.Rules;

/// <summary>A verdict.</summary>
public enum CisStatus : long
{
    /// <summary>The control's demand is met.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>It should be decidable, but something it rests on could not be read.</summary>
    Unknown,

    /// <summary>Only a person can tell.</summary>
    Manual,

    /// <summary>Nothing of the kind exists.</summary>
    NotApplicable,

    /// <summary>It fails, and the failure is accepted.</summary>
    Exempt,
}
