using System;
using System.IO;
using CisAws.Evidence;

namespace CisAws.PowerShell.Tests.Help;

public sealed class ReasonCodeTests
{
    [Theory]
    [InlineData("docs/statuses.md", "| `{0}` |")]
    [InlineData("module/en-US/about_CisAws_Statuses.help.txt", "    {0} ")]
    public void Each_reason_for_which_evidence_cannot_be_read_is_described(string page, string row)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        Assert.All(Enum.GetNames<ReadFailureKind>(), name => Assert.Contains(row.Replace("{0}", name, StringComparison.Ordinal), text, StringComparison.Ordinal));
    }
}
