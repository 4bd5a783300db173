using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Reports;
using CsCheck;

namespace CisAws.Core.Tests.Reports;

/// <summary>Reports of a small sample as they are in files. With CISAWS_ACCEPT=1 the files are written anew: what a change that is meant asks for.</summary>
public sealed class GoldenReportTests
{
    public static TheoryData<ReportFormat> Formats => [.. ReportFormats.All.Where(f => ReportFormats.Of(f).IsText && f.ToString() != "Html")];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_report_is_what_the_file_says(ReportFormat format)
    {
        var writer = ReportFormats.Of(format);
        var file = Path.Combine(FindFolder(), "sample" + writer.Extensions[0]);
        var text = writer.ToText(SampleReport.Content).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("CISAWS_ACCEPT") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    /// <summary>Whatever is in the results: a report can be written.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_report_can_be_written(ReportFormat format) =>
        ResultGenerator.Any.Sample(results => Assert.NotEmpty(ReportFormats.Of(format).ToText(ReportContent.Of(results, [], [], RuleTester.Now))), iter: 100);

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_missing_is_in_every_report(ReportFormat format)
    {
        var writer = ReportFormats.Of(format);
        foreach (var content in new[] { SampleReport.Content, SampleReport.OmissionsOnly })
        {
            // Security Hub has findings about resources only.
            Assert.Equal(format != ReportFormat.Asff, writer.ToText(content).Contains(content.Omissions[0], StringComparison.Ordinal));
        }
    }

    /// <summary>The files in the repository that the tests were built in.</summary>
    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "tests", "CisAws.Core.Tests", "Reports", "Golden");
    }
}
