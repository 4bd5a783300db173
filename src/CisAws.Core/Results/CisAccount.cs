using System.Collections.Generic;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>An account, and how to connect to it. Its properties have the names of the parameters of Invoke-CisAssessment, which takes it from the pipeline.</summary>
public sealed record CisAccount
{
    internal CisAccount(string accountId) => AccountId = accountId;

    /// <summary>The ID of the account: 12 digits.</summary>
    public string AccountId { get; }

    /// <summary>The name of the account in its organization; empty if it is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>The names of the root and of the organizational units that it is in, such as Root/Workloads/Production; empty if they are not known.</summary>
    public string OrganizationalUnit { get; init; } = "";

    /// <summary>The role to assume in the account; empty for the account of the credentials, where no role is needed.</summary>
    public string RoleArn { get; init; } = "";

    /// <summary>The external ID that the role requires; empty if it requires none.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>The profile whose credentials assume the role; empty for the default credentials.</summary>
    public string ProfileName { get; init; } = "";

    /// <summary>The file that contains the profile; empty for the default location.</summary>
    public string ProfileLocation { get; init; } = "";

    /// <summary>The endpoint to use instead of those of AWS; empty for these.</summary>
    public string EndpointUrl { get; init; } = "";

    /// <summary>The regions to assess; empty for those of the program, or every enabled one.</summary>
    public PrintableList<string> Region { get; init; } = PrintableList<string>.None;

    /// <summary>The tags of the account in its organization; null if they were not read.</summary>
    public PrintableList<CisTag>? Tags { get; init; }

    /// <summary>True for the management account of the organization, false also if that is not known.</summary>
    public bool IsManagementAccount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? AccountId : $"{AccountId} ({TerminalText.Escape(Name)})";
}
