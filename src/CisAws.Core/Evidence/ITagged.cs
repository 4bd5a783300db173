using System.Collections.Generic;

namespace CisAws.Evidence;

/// <summary>A resource whose tags come with the answer that shows it, so that they cost no call and no permission.</summary>
public interface ITagged
{
    /// <summary>
    /// The values by key, both as AWS has them: case counts. Empty when AWS showed no tags, as it shows none of another
    /// account's; null when the evidence does not contain it, as that of an earlier version.
    /// </summary>
    IReadOnlyDictionary<string, string>? Tags { get; }
}
