using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon CloudWatch Logs.</summary>
internal static class Logs
{
    private const int MostItems = 50;

    public static Service Service { get; } = new("logs", "logs", ServiceErrorCodes.Json, new JsonProtocol("1.1"))
    {
        { "DescribeLogGroups", DescribeLogGroups },
        { "DescribeMetricFilters", DescribeMetricFilters },
    };

    private static Shape DescribeLogGroups(Call call)
    {
        var prefix = call.Input.Text("logGroupNamePrefix") ?? "";
        var groups = Arns(call, EvidenceKinds.TrailLogGroup)
            .Where(a => NameOf(a).StartsWith(prefix, StringComparison.Ordinal))
            .Select(a => (Arn: a, Observation: call.Account.Evidence.Get(EvidenceKinds.TrailLogGroup, a)))
            .ToList();
        // Who asks for one group by its whole name is answered about that one; else any refusal is a refusal of the list.
        var exact = groups.Where(g => NameOf(g.Arn) == prefix).ToList();
        if ((exact.Count > 0 ? exact : groups).Select(g => g.Observation.Failure).FirstOrDefault(u => u is not null) is { } why)
        {
            throw new FaultException(why);
        }

        var page = call.Page(
            groups.Select(g => g.Observation.Match(group => group, _ => null)).OfType<LogGroup>().ToList(), "nextToken", "limit", MostItems);
        return new Shape
        {
            ["logGroups"] = page.Items.Select(g => new Shape
            {
                ["logGroupName"] = g.Name,
                ["arn"] = g.Arn + ":*",
                ["logGroupArn"] = g.Arn,
                ["logGroupClass"] = g.Class,
            }),
            ["nextToken"] = page.NextToken,
        };
    }

    private static Shape DescribeMetricFilters(Call call)
    {
        var group = call.Input.Text("logGroupName");
        var arns = Arns(call, EvidenceKinds.MetricFilters).Where(a => group is null || NameOf(a) == group).ToList();
        var filters = arns.SelectMany(a => call.Account.Read(EvidenceKinds.MetricFilters, a)).ToList();
        if (group is not null && !Exists(call, group, arns))
        {
            throw new AwsError("ResourceNotFoundException", 400, "The specified log group does not exist.");
        }

        var prefix = call.Input.Text("filterNamePrefix") ?? "";
        var page = call.Page(filters.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList(), "nextToken", "limit", MostItems);
        return new Shape
        {
            ["metricFilters"] = page.Items.Select(f => new Shape
            {
                ["filterName"] = f.Name,
                ["logGroupName"] = f.LogGroupName,
                ["filterPattern"] = f.Pattern,
                ["metricTransformations"] = f.Transformations.Select(t => new Shape
                {
                    ["metricName"] = t.MetricName,
                    ["metricNamespace"] = t.MetricNamespace,
                    ["metricValue"] = t.MetricValue,
                    ["defaultValue"] = t.DefaultValue,
                    ["dimensions"] = t.Dimensions.Count == 0 ? null : Dimensions(t.Dimensions),
                    ["unit"] = t.Unit,
                }),
                ["applyOnTransformedLogs"] = f.ApplyOnTransformedLogs,
                ["fieldSelectionCriteria"] = f.FieldSelectionCriteria,
                ["emitSystemFieldDimensions"] = f.EmitSystemFieldDimensions,
            }),
            ["nextToken"] = page.NextToken,
        };
    }

    private static bool Exists(Call call, string group, List<string> arnsWithFilters)
    {
        var known = Arns(call, EvidenceKinds.TrailLogGroup).Where(a => NameOf(a) == group).ToList();
        return known.Count > 0
            ? known.All(a => call.Account.Evidence.Get(EvidenceKinds.TrailLogGroup, a).Match(g => g is not null, _ => true))
            : arnsWithFilters.Count > 0;
    }

    private static Shape Dimensions(IReadOnlyList<MetricDimension> dimensions)
    {
        var map = new Shape();
        foreach (var dimension in dimensions)
        {
            map[dimension.Name] = dimension.Value;
        }

        return map;
    }

    /// <summary>The log groups of the region that the evidence has something about, as CloudWatch Logs orders them.</summary>
    private static IEnumerable<string> Arns(Call call, EvidenceKind kind) =>
        call.Account.Evidence.SubjectsOf(kind).Where(s => Arn.TryParse(s)?.Region == call.Region).OrderBy(s => s, StringComparer.Ordinal);

    private static string NameOf(string logGroupArn) => Arn.TryParse(logGroupArn)?.Resource["log-group:".Length..] ?? "";
}
