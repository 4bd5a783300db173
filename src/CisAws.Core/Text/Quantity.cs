using System.Collections.Generic;
using System.Linq;

namespace CisAws.Text;

/// <summary>English that depends on how many there are.</summary>
internal static class Quantity
{
    /// <summary>"1 rule", "2 rules".</summary>
    public static string Of(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A predicate that is written for several, for a number of subjects: "have no MFA device" is "has no MFA device" for one.</summary>
    public static string Agree(int count, string predicate)
    {
        var end = predicate.IndexOf(' ');
        var (verb, rest) = end < 0 ? (predicate, "") : (predicate.Substring(0, end), predicate.Substring(end));
        return count != 1
            ? predicate
            : verb switch
            {
                "have" => "has",
                "are" => "is",
                "were" => "was",
                "do" => "does",
                _ => verb + "s",
            } + rest;
    }

    /// <summary>"a, b, c and 9 more".</summary>
    public static string List(IReadOnlyCollection<string> items, int most) =>
        string.Join(", ", items.Take(most)) + (items.Count > most ? $" and {items.Count - most} more" : "");

    /// <summary>A clause as the beginning of a sentence.</summary>
    public static string Capitalized(string clause) => char.ToUpperInvariant(clause[0]) + clause.Substring(1);
}
