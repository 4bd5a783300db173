using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Reports;

/// <summary>How much a failure matters in reports.</summary>
public sealed class SeverityTests
{
    [Theory]
    [InlineData("cis-aws-1.2.0", "1.12", CisSeverity.Critical)]
    [InlineData("cis-aws-1.2.0", "1.1", CisSeverity.Low)]
    // By the related control of 1.2.0, by its own entry, and by neither.
    [InlineData("cis-aws-3.0.0", "1.4", CisSeverity.Critical)]
    [InlineData("cis-aws-3.0.0", "5.6", CisSeverity.High)]
    [InlineData("cis-aws-3.0.0", "1.13", CisSeverity.Medium)]
    public void A_control_has_the_severity_of_Security_Hub(string benchmark, string control, CisSeverity expected) =>
        Assert.Equal(expected, Benchmark.Find(benchmark)!.Find(ControlId.Parse(control))!.Severity);

    [Fact]
    public void A_program_takes_precedence_and_what_is_not_known_is_Medium()
    {
        var result = SampleResults.Result("1.12", CisStatus.Fail);
        Assert.Equal(CisSeverity.Critical, ReportContent.SeverityOf(result));
        Assert.Equal(CisSeverity.Low, ReportContent.SeverityOf(new CisResult(result.Values with { Control = result.Values.Control with { Severity = CisSeverity.Low } }, result.Run)));
        Assert.Equal(CisSeverity.Medium, ReportContent.SeverityOf(SampleResults.Result("1.12", CisStatus.Fail, benchmark: "cis-aws-9.9.9")));
    }
}
