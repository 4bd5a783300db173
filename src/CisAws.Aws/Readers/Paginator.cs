using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace CisAws.Aws.Readers;

/// <summary>Reads answers that come in pages.</summary>
internal static class Paginator
{
    /// <summary>Reads to the last page, over empty ones too: only the token says that there is no more.</summary>
    /// <param name="read">Reads the page of a token; null for the first.</param>
    /// <param name="next">The token of the page after this one; null or empty on the last.</param>
    /// <param name="take">Takes what is on the page.</param>
    /// <exception cref="InvalidDataException">A token came twice: the pages would never end.</exception>
    public static async Task ReadAsync<TPage>(Func<string?, Task<TPage>> read, Func<TPage, string?> next, Action<TPage> take)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var page = await read(token).ConfigureAwait(false);
            take(page);
            token = next(page);
            if (!string.IsNullOrEmpty(token) && !seen.Add(token!))
            {
                throw new InvalidDataException("The service returned the same page token twice.");
            }
        }
        while (!string.IsNullOrEmpty(token));
    }
}
