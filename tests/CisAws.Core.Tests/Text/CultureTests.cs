using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Text;

/// <summary>A result is the same text on every machine: dates, numbers, orders and cases do not follow its culture.</summary>
public sealed class CultureTests
{
    private static readonly int Accounts = LongTests.Iterations(3, 12);

    private static readonly Lazy<Task<List<string>>> Invariant = new(() => TextsUnder(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("tr-TR")] // I and i are not a pair.
    [InlineData("th-TH")] // The Buddhist calendar: 2026 is 2569.
    [InlineData("fa-IR")] // The Persian calendar, and a decimal separator of its own.
    [InlineData("sv-SE")] // A minus sign of its own, and W sorts with V.
    public async Task Every_text_is_that_of_the_invariant_culture(string culture) =>
        Assert.Equal(await Invariant.Value, await TextsUnder(CultureInfo.GetCultureInfo(culture)));

    private static async Task<List<string>> TextsUnder(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            var texts = new List<string>();
            foreach (var account in Enumerable.Range(0, Accounts).Select(Account).Prepend(DemoAccount.Load()))
            {
                // Two days and twelve hours later, so that ages and warnings about them come into play.
                await new Assessment(EveryRule.Controls, [], account.CollectedAt.AddHours(60)).RunAsync(
                    account, result => texts.AddRange(TextsOf(result)), TestContext.Current.CancellationToken);
            }

            return texts;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static AccountEvidence Account(int seed) => AccountGenerator.Any.Generate(new PCG(0, (ulong)seed), null, out _);

    private static IEnumerable<string> TextsOf(CisResult result) => result.Findings
        .Select(f => $"{f.ControlId} {f.Tags} {f.Facts} {f.Warnings} {f}")
        .Prepend($"{result} {result.FailedResource} {result.Findings} {result.Settings} {result.Remediation}");
}
