using System.Linq;
using CisAws.Aws.Readers;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Readers;

public class EvidenceReadersTests
{
    [Fact]
    public void Every_kind_has_a_reader() =>
        Assert.Empty(EvidenceKinds.All.Where(k => !EvidenceReaders.Has(k)).Select(k => k.Name));
}
