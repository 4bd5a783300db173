using System.Linq;
using CisAws.Aws.Sources;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Sources;

public class SourceTableTests
{
    [Fact]
    public void Every_kind_has_a_source() =>
        Assert.Empty(Kinds.All.Where(k => !SourceTable.Has(k)).Select(k => k.Name));
}
