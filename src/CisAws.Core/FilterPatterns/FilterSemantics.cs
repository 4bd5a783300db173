namespace CisAws.FilterPatterns;

/// <summary>How to read what AWS does not document of filter patterns, or documents in two ways.</summary>
/// <param name="InfixStarIsWildcard">
/// Whether a star in the middle of a text is a wildcard, as observed on live filters, or a plain character, as AWS's guide had it
/// until the end of 2021.
/// </param>
/// <param name="NotEqualMatchesAbsent">
/// Whether <c>!=</c> matches an event that does not have the field. It does not, as observed on live filters more than once;
/// AWS's guide does not document it.
/// </param>
/// <param name="DigitsAreText">
/// Whether digits without quotes after <c>=</c> and <c>!=</c> are compared as text. AWS's guide shows numbers without quotes, and
/// states as well that text of letters and digits needs none.
/// </param>
internal sealed record FilterSemantics(bool InfixStarIsWildcard = true, bool NotEqualMatchesAbsent = false, bool DigitsAreText = false)
{
    /// <summary>What was observed on live filters.</summary>
    public static FilterSemantics Observed { get; } = new();
}
