using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// JUnit XML as Jenkins' schema has it, for build servers: a test suite for each section of each account and program, and a test case for each finding.
/// </summary>
internal sealed class JUnitReport : TextReportWriter
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, CloseOutput = false, NewLineChars = "\n" };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".junit.xml", ".xml"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, TextWriter writer)
    {
        using var xml = XmlWriter.Create(writer, Settings);
        var suites = content.Results.GroupBy(r => (r.AccountId, r.Program, r.Section)).Select(g => g.ToList()).ToList();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "CisAws");
        WriteCounts(xml, [.. suites.SelectMany(s => s)], content.Omissions.Count);
        if (content.Omissions.Count > 0)
        {
            WriteOmissions(xml, content);
        }

        foreach (var suite in suites)
        {
            WriteSuite(xml, suite);
        }

        xml.WriteEndElement();
    }

    /// <summary>What is missing is an error, so that a build does not pass by what was not assessed.</summary>
    private static void WriteOmissions(XmlWriter xml, ReportContent content)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "CisAws report");
        WriteCounts(xml, [], content.Omissions.Count);
        xml.WriteAttributeString("skipped", "0");
        foreach (var omission in content.Omissions)
        {
            xml.WriteStartElement("testcase");
            WriteAttribute(xml, "classname", "CisAws.Report");
            WriteAttribute(xml, "name", "The report is complete");
            WriteOutcome(xml, "error", "ReportIncomplete", omission, omission);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, List<CisResult> results)
    {
        var first = results[0];
        xml.WriteStartElement("testsuite");
        WriteAttribute(xml, "name", $"{first.AccountId} {first.Program} {first.Section}");
        WriteCounts(xml, results, omissions: 0);
        xml.WriteAttributeString("skipped", Count(results, IsSkipped));
        xml.WriteAttributeString("timestamp", first.AssessedAt.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        WriteProperty(xml, "accountId", first.AccountId);
        WriteProperty(xml, "benchmark", first.Benchmark);
        WriteProperty(xml, "program", first.Program);
        WriteProperty(xml, "programVersion", first.ProgramVersion);
        WriteProperty(xml, "cisAwsVersion", first.Run.CisAwsVersion);
        WriteProperty(xml, "runId", first.RunId.ToString());
        xml.WriteEndElement();
        foreach (var row in results.SelectMany(ReportRow.Of))
        {
            WriteCase(xml, row);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, ReportRow row)
    {
        xml.WriteStartElement("testcase");
        // Build servers take the last dot for the one between a package and a class.
        WriteAttribute(xml, "classname", $"{row.Result.Program.Replace('.', '_')}.{row.Result.ControlId.ToString().Replace('.', '_')}");
        WriteAttribute(xml, "name", $"{row.Result.ControlId} {row.Result.Title}: {row.Place}");
        if (ElementOf(row.Status) is { } element)
        {
            WriteOutcome(xml, element, row.ReasonCode, IsSkipped(row.Status) ? $"{row.Status}: {row.Reason}" : row.Reason, Details(row));
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, string element, string type, string message, string details)
    {
        xml.WriteStartElement(element);
        WriteAttribute(xml, "type", type);
        WriteAttribute(xml, "message", message);
        xml.WriteString(TerminalText.EscapeForXml(details));
        xml.WriteEndElement();
    }

    private static string Details(ReportRow row)
    {
        var lines = new List<string> { row.Reason };
        if (row.ResourceArn.Length > 0)
        {
            lines.Add($"Resource: {row.ResourceArn}");
        }

        if (row.Finding is { } finding)
        {
            lines.AddRange(finding.Facts.Select(f => f.ToString()));
            lines.AddRange(finding.Warnings.Select(w => $"Warning: {w}"));
            if (finding.Exemption is { } exemption)
            {
                lines.Add($"Exemption: {exemption.Reason} ({exemption.Owner}, {exemption.Until})");
            }
        }

        if (row.Status == CisStatus.Fail)
        {
            lines.Add($"Remediation: {row.Result.Remediation}");
        }

        return string.Join("\n", lines.Select(TerminalText.EscapeLines));
    }

    private static void WriteCounts(XmlWriter xml, List<CisResult> results, int omissions)
    {
        xml.WriteAttributeString("tests", (results.SelectMany(ReportRow.Of).Count() + omissions).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", Count(results, s => ElementOf(s) == "failure"));
        xml.WriteAttributeString("errors", (results.SelectMany(ReportRow.Of).Count(r => ElementOf(r.Status) == "error") + omissions).ToString(CultureInfo.InvariantCulture));
    }

    private static string Count(List<CisResult> results, Func<CisStatus, bool> isCounted) =>
        results.SelectMany(ReportRow.Of).Count(r => isCounted(r.Status)).ToString(CultureInfo.InvariantCulture);

    private static string? ElementOf(CisStatus status) => status switch
    {
        CisStatus.Pass => null,
        CisStatus.Fail => "failure",
        CisStatus.Unknown => "error",
        _ => "skipped",
    };

    private static bool IsSkipped(CisStatus status) => ElementOf(status) == "skipped";

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        WriteAttribute(xml, "name", name);
        WriteAttribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void WriteAttribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, TerminalText.EscapeForXml(TerminalText.Escape(value)));
}
