using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CisAws.Aws.Clients;

/// <summary>Writes the members of a request as the fields of a form.</summary>
internal static class QueryForm
{
    /// <summary>A list: <c>Name.member.1</c>, <c>Name.member.2</c> ...</summary>
    public static IEnumerable<(string Name, string? Value)> List(string name, IEnumerable<string>? values) =>
        (values ?? []).Select((value, i) => (Numbered(name, i + 1), (string?)value));

    public static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Numbered(string name, int number) => name + ".member." + number.ToString(CultureInfo.InvariantCulture);
}
