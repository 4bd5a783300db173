using System;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

public sealed class NamedGuidTests
{
    /// <summary>The example of RFC 9562, appendix A.4.</summary>
    [Fact]
    public void A_name_has_the_GUID_of_the_RFC() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), NamedGuid.Of(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));
}
