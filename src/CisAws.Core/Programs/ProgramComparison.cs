using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>What differs between two programs.</summary>
public enum ProgramAspect : long
{
    /// <summary>The benchmark. Where it differs, controls are matched by the rules that decide them.</summary>
    Benchmark,

    /// <summary>Whether a control is in the program.</summary>
    Control,

    /// <summary>The number of a control in another benchmark.</summary>
    Number,

    /// <summary>The level of a control in another benchmark.</summary>
    Level,

    /// <summary>Whether a control is scored in another benchmark.</summary>
    Scored,

    /// <summary>The value of a setting in force.</summary>
    Setting,

    /// <summary>The severity of a control.</summary>
    Severity,

    /// <summary>An exemption.</summary>
    Exemption,

    /// <summary>An attestation.</summary>
    Attestation,

    /// <summary>The accounts or regions in scope.</summary>
    Scope,

    /// <summary>The result of a control for an account whose evidence is given.</summary>
    Result,
}

/// <summary>One thing that differs between two programs.</summary>
/// <param name="Aspect">What it is.</param>
/// <param name="ControlId">
/// The control, in the first program if it has it, or the wildcard of an exemption; null for the benchmark and the scope.
/// </param>
/// <param name="Name">
/// The setting, what an exemption covers, Accounts or Regions, or the control of the second program where it has another ID; empty where the control
/// says it all.
/// </param>
/// <param name="AccountId">The account whose setting or result differs; empty for the whole program.</param>
/// <param name="Reference">How the first program has it; empty where it has not.</param>
/// <param name="Difference">How the second program has it; empty where it has not.</param>
public sealed record CisProgramDifference(
    ProgramAspect Aspect, ControlSelector? ControlId, string Name, string AccountId, string Reference, string Difference)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(" ", new[] { Aspect.ToString(), ControlId?.ToString(), Name }.Where(t => !string.IsNullOrEmpty(t))) + $": {Reference} / {Difference}";
}

/// <summary>Compares what is in force in two programs, however it is written and whatever they are based on.</summary>
internal static class ProgramComparison
{
    /// <summary>All that differs.</summary>
    public static IEnumerable<CisProgramDifference> Of(CisProgram reference, CisProgram difference) =>
        (reference.Benchmark == difference.Benchmark ? SameBenchmark(reference, difference) : OtherBenchmark(reference, difference))
            .Concat(Scope("Accounts", reference.AccountsInScope, difference.AccountsInScope))
            .Concat(Scope("Regions", reference.RegionsInScope, difference.RegionsInScope));

    private static IEnumerable<CisProgramDifference> SameBenchmark(CisProgram reference, CisProgram difference) =>
        Controls(reference, difference)
            .Concat(Severities(reference, difference))
            .Concat(Settings(reference, difference))
            .Concat(Entries(
                ProgramAspect.Exemption, reference.AllExemptions, difference.AllExemptions, e => e.ControlId, ProgramFormat.Exemption))
            .Concat(Entries(ProgramAspect.Attestation, reference.AllAttestations, difference.AllAttestations, a => a.ControlId, ProgramFormat.Attestation));

    /// <summary>
    /// What becomes of each control in a program of another benchmark, where the same ID is another control: the controls are matched by their rules.
    /// Exemptions and attestations name controls of their own benchmark and are not compared.
    /// </summary>
    private static IEnumerable<CisProgramDifference> OtherBenchmark(CisProgram reference, CisProgram difference)
    {
        yield return new CisProgramDifference(ProgramAspect.Benchmark, null, "", "", reference.Benchmark, difference.Benchmark);
        foreach (var control in reference.Controls)
        {
            var counterparts = difference.Controls.Where(control.IsRelatedTo).ToList();
            if (counterparts.Count == 0)
            {
                yield return new CisProgramDifference(ProgramAspect.Control, new(control.ControlId), "", "", "included", $"removed: {control.Title}");
            }

            foreach (var found in counterparts.SelectMany(c => Counterpart(control, c)).Distinct())
            {
                yield return found;
            }
        }

        foreach (var added in difference.Controls.Where(c => !reference.Controls.Any(c.IsRelatedTo)))
        {
            yield return new CisProgramDifference(ProgramAspect.Control, new(added.ControlId), "", "", "not included", $"added: {added.Title}");
        }
    }

    private static IEnumerable<CisProgramDifference> Counterpart(CisControl reference, CisControl difference)
    {
        var (a, b) = (reference.ControlId, difference.ControlId);
        var settings = from one in reference.Values.All
                       from other in difference.Values.All
                       where one.Name == other.Name && SettingValues.Print(one.Value) != SettingValues.Print(other.Value)
                       select Of(ProgramAspect.Setting, one.Name, SettingValues.Print(one.Value), SettingValues.Print(other.Value) + Strictness(reference, one, other));
        return new[]
        {
            Of(ProgramAspect.Number, "", a.ToString(), b.ToString()),
            Of(ProgramAspect.Level, "", Invariant(reference.Level), Invariant(difference.Level)),
            Of(ProgramAspect.Scored, "", reference.Scored ? "true" : "false", difference.Scored ? "true" : "false"),
        }.Where(d => d.Reference != d.Difference).Concat(settings);

        CisProgramDifference Of(ProgramAspect aspect, string name, string from, string to) => new(aspect, new(a), name, "", from, to);

        static string Invariant(int level) => level.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the second of two numbers requires more, where the rule says in which direction that is.</summary>
    private static string Strictness(CisControl control, CisSetting one, CisSetting other) =>
        control.SettingDefinitions.FirstOrDefault(d => d.Name == one.Name)?.Stricter is { } stricter && one.Value is int from && other.Value is int to
            ? (to < from) == (stricter == StricterDirection.Lower) ? " (stricter)" : " (less strict)"
            : "";

    private static IEnumerable<CisProgramDifference> Controls(CisProgram reference, CisProgram difference) =>
        from control in reference.BenchmarkInForce.Controls
        let a = Membership(reference, control.ControlId)
        let b = Membership(difference, control.ControlId)
        where (a == "included") != (b == "included")
        select new CisProgramDifference(ProgramAspect.Control, new(control.ControlId), "", "", a, b);

    private static string Membership(CisProgram program, ControlId id) => program.Find(id) is not null ? "included" : program.WhyNot(id) ?? "not chosen";

    private static IEnumerable<CisProgramDifference> Severities(CisProgram reference, CisProgram difference) =>
        from control in Shared(reference, difference)
        let a = reference.SeverityOf(control.ControlId)
        let b = difference.SeverityOf(control.ControlId)
        where a != b
        select new CisProgramDifference(ProgramAspect.Severity, new(control.ControlId), "", "", a?.ToString() ?? "", b?.ToString() ?? "");

    private static IEnumerable<CisProgramDifference> Settings(CisProgram reference, CisProgram difference)
    {
        var named = new[] { reference, difference }.SelectMany(p => p.Lineage).SelectMany(p => p.Settings).Select(s => s.AccountId).OfType<string>().Distinct();
        return from control in Shared(reference, difference)
               from account in named.OrderBy(a => a, System.StringComparer.Ordinal).Prepend((string?)null)
               from pair in reference.SettingsOf(control, account).All.Zip(difference.SettingsOf(control, account).All, (a, b) => (A: a, B: b))
               let a = SettingValues.Print(pair.A.Value)
               let b = SettingValues.Print(pair.B.Value)
               where a != b
               // An account's value is shown where the account has its own; elsewhere it is the program's, which is shown already.
               where account is null || IsOf(pair.A, account) || IsOf(pair.B, account)
               select new CisProgramDifference(ProgramAspect.Setting, new(control.ControlId), pair.A.Name, account ?? "", a, b);
    }

    private static bool IsOf(CisSetting setting, string account) => setting.Source.EndsWith(account, System.StringComparison.Ordinal);

    private static IEnumerable<BenchmarkControl> Shared(CisProgram reference, CisProgram difference) =>
        reference.BenchmarkInForce.Controls.Where(c => reference.Find(c.ControlId) is not null && difference.Find(c.ControlId) is not null);

    private static IEnumerable<CisProgramDifference> Entries<T>(
        ProgramAspect aspect, IEnumerable<T> reference, IEnumerable<T> difference, System.Func<T, ControlSelector> control, FieldTable<T> format)
        where T : class
    {
        var (a, b) = (reference.ToLookup(format.Key), difference.ToLookup(format.Key));
        return from key in a.Concat(b).Select(e => e.Key).Distinct()
               let inA = a[key].FirstOrDefault()
               let inB = b[key].FirstOrDefault()
               where !Equals(inA, inB)
               let either = inA ?? inB
               select new CisProgramDifference(aspect, control(either), format.About(either), "", inA?.ToString() ?? "", inB?.ToString() ?? "");
    }

    private static IEnumerable<CisProgramDifference> Scope(string name, PrintableList<string> reference, PrintableList<string> difference) =>
        new HashSet<string>(reference).SetEquals(difference)
            ? []
            : [new CisProgramDifference(ProgramAspect.Scope, null, name, "", Print(reference), Print(difference))];

    private static string Print(PrintableList<string> scope) => scope.Count == 0 ? "all" : scope.ToString();
}
