using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Readers;

/// <summary>Reads one kind of evidence.</summary>
/// <param name="RegionOf">The region that is asked; empty for a global service.</param>
/// <param name="ReadAsync">Reads the evidence, or throws.</param>
/// <param name="None">What stands for "there is none", where an error code says so.</param>
/// <param name="NoneCodes">The error codes that say so.</param>
internal sealed record EvidenceReader<T>(
    Func<EvidenceRequest, string> RegionOf, Func<EvidenceRequest, Task<T>> ReadAsync, T None, IReadOnlyList<string> NoneCodes)
{
    /// <summary>Reads the evidence, or throws.</summary>
    public async Task<T> ReadOrNoneAsync(EvidenceRequest request)
    {
        try
        {
            return await ReadAsync(request).ConfigureAwait(false);
        }
        catch (CallFailedException e) when (NoneCodes.Contains(e.ErrorCode))
        {
            return None;
        }
    }
}
