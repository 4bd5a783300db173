using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Testing;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;
using static CisAws.Core.Tests.Rules.Network.NetworkEvidence;

namespace CisAws.Core.Tests.Assessments;

/// <summary>Assessed on some regions, a result says nothing of the account as a whole.</summary>
public sealed class PartialRegionsTests
{
    [Fact]
    public void Nothing_found_is_nothing_in_the_regions_assessed()
    {
        var evidence = Group(Rule("tcp", 22, 22, "0.0.0.0/0"));
        Assert.Equal("There are no security groups in the regions assessed. Assessed in 1 of 2 regions.", RuleTester.Control("4.1", evidence, ["eu-west-1"]).Reason);
        Assert.Equal("The account has no security groups.", RuleTester.Control("4.1", Groups()).Reason);
    }

    [Fact]
    public void Counts_are_of_the_regions_assessed()
    {
        var evidence = Groups(NewGroup("sg-1"), NewGroup("sg-2"));
        Assert.Equal("None of the 2 security groups in 1 of 2 regions opens port 22 to the internet.", RuleTester.Control("4.1", evidence, ["us-east-1"]).Reason);
        Assert.Equal("None of the 2 security groups opens port 22 to the internet.", RuleTester.Control("4.1", evidence).Reason);
    }

    [Theory]
    [InlineData("2.1")]
    [InlineData("2.2")]
    [InlineData("3.5")]
    public void No_trail_is_none_in_the_regions_assessed(string control)
    {
        Assert.StartsWith("There is no trail in the regions assessed.", RuleTester.Control(control, NoTrails(), ["eu-west-1"]).Reason);
        Assert.StartsWith("The account has no trail.", RuleTester.Control(control, NoTrails()).Reason);
    }

    [Fact]
    public async Task No_regional_control_speaks_of_the_whole_account()
    {
        var demo = DemoAccount.Load();
        foreach (var region in demo.SubjectsOf(EvidenceKinds.Vpcs))
        {
            foreach (var control in DefaultPrograms.Benchmark.Controls.Where(c => c.ControlId.Section > 1))
            {
                var assessment = new Assessment([control], [region], demo.CollectedAt);
                await assessment.RunAsync(
                    demo, r => Assert.All(r.Findings.Select(f => f.Reason).Append(r.Reason), reason => Assert.DoesNotContain("The account has no ", reason)),
                    TestContext.Current.CancellationToken);
            }
        }
    }
}
