using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Core.Tests.Rules;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Style;

/// <summary>
/// What every Reason is: one short sentence in plain English. <see cref="RuleTester"/> checks it of every result of a rule's tests, so that each of their cases
/// is one of these as well.
/// </summary>
internal static class ReasonStyle
{
    private const int Longest = 200;

    // A pattern, an expression or a rule of the account is quoted as it is, of whatever length.
    private static readonly Regex Quote = new(@"(evaluate|cannot read|filter pattern|watches|criteria|last error): ", RegexOptions.CultureInvariant);

    // What may follow the sentence: that not everything was assessed, or an old credential report.
    private static readonly Regex Addition = new(
        @" (Assessed in \d+ (of \d+|named) regions?\.|Regions? [\w, -]+ (is|are) not enabled in the account and (was|were) not assessed\.|See [\d.]+\.|" +
        @"Based on the stored credential report generated at .*|The attestation of .*|It fails because: .*)$",
        RegexOptions.CultureInvariant);

    private static readonly Regex OneOfSeveral = new(
        @"\b1 (" + string.Join('|', EveryRule.Controls.SelectMany(c => c.Rules).Select(r => r.ResourceNoun.Several).Distinct().Select(Regex.Escape)) +
        @"|(more )?(days|hours|regions|routes|fields|passwords|characters|resource types|findings|policies|roles|inbound rules|outbound rules))\b",
        RegexOptions.CultureInvariant);

    public static void Check(CisResult result)
    {
        var faults = result.Findings.Select(f => f.Reason).Append(result.Reason).Distinct().SelectMany(FaultsOf)
            .Concat(result.Findings.Where(f => f.ResourceType != "AWS::Account" && f.Plural is null).Select(f => $"{f.ReasonCode} has no plural: {f.Reason}"))
            .ToList();
        Assert.True(faults.Count == 0, $"{result.ControlId}: {string.Join(Environment.NewLine, faults)}");
    }

    /// <summary>What is wrong with a Reason.</summary>
    public static IEnumerable<string> FaultsOf(string reason)
    {
        var sentence = Addition.Replace(Addition.Replace(reason, ""), "");
        (string Fault, bool Has)[] faults =
        [
            ("does not begin with a capital letter or a digit", !Regex.IsMatch(reason, @"\A[A-Z0-9]|\A[a-z0-9]+:[A-Z]")),
            ("does not end with a period", !reason.EndsWith('.') || reason.EndsWith("..", StringComparison.Ordinal)),
            ("has a double space", reason.Contains("  ")),
            ("has more than one sentence", sentence.TrimEnd('.').Contains(". ", StringComparison.Ordinal) && !Quote.IsMatch(reason)),
            ("is a sentence in a clause", Regex.IsMatch(reason, @"Not decided: (The|A|An|No|Not|There|Whether) ")),
            ("has one of several", OneOfSeveral.IsMatch(reason)),
            ($"has {sentence.Length} characters", sentence.Length > Longest && !Quote.IsMatch(reason)),
        ];
        return faults.Where(f => f.Has).Select(f => $"{f.Fault}: {reason}")
            .Concat(StyleTests.Words.SelectMany(w => w.In("Reason", reason).Select(m => $"'{m.Value}': write {w.Instead}: {reason}")));
    }
}
