namespace CisAws.Results;

/// <summary>What results are counted by.</summary>
public enum CisGrouping : long
{
    /// <summary>The accounts.</summary>
    Account,

    /// <summary>The root and the organizational units, each with all accounts in it and below it.</summary>
    OrganizationalUnit,

    /// <summary>The sections of the benchmark.</summary>
    Section,

    /// <summary>The levels of the benchmark.</summary>
    Level,
}
