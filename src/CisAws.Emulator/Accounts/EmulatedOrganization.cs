using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CisAws.Emulator.Accounts;

/// <summary>The organization that served accounts are in. It can have accounts that are not served, as those that cannot be reached.</summary>
/// <param name="ManagementAccountId">The management account.</param>
/// <param name="Root">The root.</param>
public sealed record EmulatedOrganization(string ManagementAccountId, EmulatedUnit Root)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The accounts that can list the organization too.</summary>
    public IReadOnlyList<string> DelegatedAdministrators { get; init; } = [];

    /// <summary>The root and all units.</summary>
    internal IEnumerable<EmulatedUnit> Units => Below(Root);

    /// <summary>Reads an organization from a file.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="InvalidDataException">The file does not contain an organization.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EmulatedOrganization Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<EmulatedOrganization>(File.ReadAllText(path), Json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} does not contain an organization: {e.Message}", e);
        }
    }

    private static IEnumerable<EmulatedUnit> Below(EmulatedUnit unit) => unit.Units.SelectMany(Below).Prepend(unit);
}

/// <summary>The root of an organization, or an organizational unit.</summary>
/// <param name="Id">Its ID: r-ab12 for the root, ou-ab12-11111111 for a unit.</param>
/// <param name="Name">Its name.</param>
public sealed record EmulatedUnit(string Id, string Name)
{
    /// <summary>The accounts in it.</summary>
    public IReadOnlyList<EmulatedMember> Accounts { get; init; } = [];

    /// <summary>The units in it.</summary>
    public IReadOnlyList<EmulatedUnit> Units { get; init; } = [];
}

/// <summary>An account of an organization.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Name">Its name.</param>
public sealed record EmulatedMember(string Id, string Name)
{
    /// <summary>ACTIVE, PENDING_ACTIVATION, SUSPENDED, PENDING_CLOSURE or CLOSED.</summary>
    public string State { get; init; } = "ACTIVE";

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
