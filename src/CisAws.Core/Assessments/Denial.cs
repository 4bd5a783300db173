using System;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Assessments;

/// <summary>What a message of AWS says about a denial.</summary>
/// <param name="Policy">The type of the policy that denies: "service control policy"; empty where AWS does not name one.</param>
/// <param name="Cause">The cause, as a clause: "no identity-based policy allows it"; empty where AWS does not name one.</param>
internal readonly record struct Denial(string Policy, string Cause)
{
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    private static readonly Regex Named = new(
        @"(?<how>an explicit deny in an?|because no) (?<policy>(?:[A-Za-z-]+ ){1,3}?(?:policy|boundary))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads the message of a denial.</summary>
    public static Denial Of(ReadFailure why)
    {
        if (why.Kind == ReadFailureKind.ForeignOwner)
        {
            return new Denial("", $"another account owns the {why.Thing}");
        }

        var match = Named.Match(why.Message);
        if (!match.Success)
        {
            return new Denial("", "");
        }

        // The message goes on with the action and the resource, which are known.
        var policy = match.Groups["policy"].Value;
        var isExplicit = match.Groups["how"].Value.StartsWith("an", StringComparison.OrdinalIgnoreCase);
        return new Denial(policy, isExplicit ? match.Value : $"no {policy} allows it");
    }
}
