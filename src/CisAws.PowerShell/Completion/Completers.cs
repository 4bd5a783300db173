using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CisAws.PowerShell.Completion;

/// <summary>Completes from a fixed list, by prefix or wildcard, with tooltips; quotes what needs it. No network, no exceptions.</summary>
public abstract class ListCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var pattern = new WildcardPattern(word + "*", WildcardOptions.IgnoreCase);
        return Candidates(fakeBoundParameters ?? new Hashtable())
            .Where(c => pattern.IsMatch(c.Text))
            .Select(c => new CompletionResult(Quote(c.Text), c.Text, CompletionResultType.ParameterValue, c.ToolTip));
    }

    /// <summary>What can be completed, given the other parameters on the line.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound);

    // An id without quotes would be read as a number.
    private static string Quote(string text) => char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '-')
        ? text
        : $"'{text.Replace("'", "''")}'";
}

/// <summary>Completes control ids, with their titles; -Section and -Level on the same line narrow them.</summary>
public sealed class ControlIdCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => ControlCatalog.All
        .Where(c => Allows(bound["Section"], c.Section) && Allows(bound["Level"], c.Level.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        .Select(c => (c.ControlId.ToString(), c.Title));

    private static bool Allows(object? filter, string value) =>
        filter is null || LanguagePrimitives.ConvertTo<string[]>(filter).Any(f => new WildcardPattern(f, WildcardOptions.IgnoreCase).IsMatch(value));
}

/// <summary>Completes the benchmark's sections.</summary>
public sealed class SectionCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => ControlCatalog.All
        .GroupBy(c => c.Section)
        .Select(g => (g.Key, $"Section {g.First().ControlId.Section}: {g.Count()} controls, {g.First().ControlId} to {g.Last().ControlId}"));
}

/// <summary>Completes the AWS services that controls are about.</summary>
public sealed class ServiceCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => ControlCatalog.All
        .SelectMany(c => c.Service.Select(s => (Service: s, c.ControlId)))
        .GroupBy(c => c.Service)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, $"{g.Count()} controls: {string.Join(", ", g.Select(c => c.ControlId))}"));
}

/// <summary>Completes region names. From a fixed list: completion takes no network; any other name can be typed.</summary>
public sealed class RegionCompleter : ListCompleter
{
    private static readonly (string, string)[] Regions =
    [
        ("af-south-1", "Africa (Cape Town)"), ("ap-east-1", "Asia Pacific (Hong Kong)"), ("ap-east-2", "Asia Pacific (Taipei)"),
        ("ap-northeast-1", "Asia Pacific (Tokyo)"), ("ap-northeast-2", "Asia Pacific (Seoul)"), ("ap-northeast-3", "Asia Pacific (Osaka)"),
        ("ap-south-1", "Asia Pacific (Mumbai)"), ("ap-south-2", "Asia Pacific (Hyderabad)"), ("ap-southeast-1", "Asia Pacific (Singapore)"),
        ("ap-southeast-2", "Asia Pacific (Sydney)"), ("ap-southeast-3", "Asia Pacific (Jakarta)"), ("ap-southeast-4", "Asia Pacific (Melbourne)"),
        ("ap-southeast-5", "Asia Pacific (Malaysia)"), ("ap-southeast-7", "Asia Pacific (Thailand)"), ("ca-central-1", "Canada (Central)"),
        ("ca-west-1", "Canada West (Calgary)"), ("cn-north-1", "China (Beijing)"), ("cn-northwest-1", "China (Ningxia)"),
        ("eu-central-1", "Europe (Frankfurt)"), ("eu-central-2", "Europe (Zurich)"), ("eu-north-1", "Europe (Stockholm)"),
        ("eu-south-1", "Europe (Milan)"), ("eu-south-2", "Europe (Spain)"), ("eu-west-1", "Europe (Ireland)"), ("eu-west-2", "Europe (London)"),
        ("eu-west-3", "Europe (Paris)"), ("eusc-de-east-1", "European Sovereign Cloud (Germany)"), ("il-central-1", "Israel (Tel Aviv)"),
        ("me-central-1", "Middle East (UAE)"), ("me-south-1", "Middle East (Bahrain)"), ("mx-central-1", "Mexico (Central)"),
        ("sa-east-1", "South America (Sao Paulo)"), ("us-east-1", "US East (N. Virginia)"), ("us-east-2", "US East (Ohio)"),
        ("us-gov-east-1", "AWS GovCloud (US-East)"), ("us-gov-west-1", "AWS GovCloud (US-West)"), ("us-west-1", "US West (N. California)"),
        ("us-west-2", "US West (Oregon)"),
    ];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => Regions;
}
