using System;
using System.IO;
using CisAws.Evidence;

namespace CisAws.Testing;

/// <summary>The account that the module brings along to try it on.</summary>
public static class DemoAccount
{
    /// <summary>The account, as if it had been read at <paramref name="asOf"/>; when it was really written by default.</summary>
    public static AccountEvidence Load(DateTimeOffset? asOf = null)
    {
        using var stream = typeof(DemoAccount).Assembly.GetManifestResourceStream("demo/account.json")!;
        using var reader = new StreamReader(stream);
        return AccountEvidence.FromJson(reader.ReadToEnd(), asOf);
    }
}
