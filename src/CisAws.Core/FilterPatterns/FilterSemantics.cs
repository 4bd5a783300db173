namespace CisAws.FilterPatterns;

/// <summary>How to read what AWS's documentation of filter patterns leaves open.</summary>
/// <param name="InfixStarIsWildcard">
/// Whether a star in the middle of a text stands for anything, as was seen on live filters, or for itself, as AWS's guide said
/// until the end of 2021.
/// </param>
/// <param name="NotEqualMatchesAbsent">
/// Whether <c>!=</c> matches an event that does not have the field. It does not, as was seen on live filters more than once;
/// AWS's guide does not say.
/// </param>
/// <param name="DigitsAreText">
/// Whether digits without quotes after <c>=</c> and <c>!=</c> are compared as text. AWS's guide has numbers without quotes, and
/// says as well that text of letters and digits needs none.
/// </param>
public sealed record FilterSemantics(bool InfixStarIsWildcard = true, bool NotEqualMatchesAbsent = false, bool DigitsAreText = false)
{
    /// <summary>What was seen on live filters.</summary>
    public static FilterSemantics Observed { get; } = new();
}
