using System.Text.RegularExpressions;

namespace CisAws.PowerShell.Evidence;

/// <summary>A place in Amazon S3: <c>s3://bucket/prefix</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Empty, or with a slash at its end.</param>
internal sealed record S3Location(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    private static readonly Regex Form = new(@"\As3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Whether a text is meant as such a place, be it valid or not.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Scheme, System.StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a place; null if it is not valid.</summary>
    public static S3Location? TryParse(string text)
    {
        var match = Form.Match(text);
        var prefix = match.Groups["prefix"].Value.Trim('/');
        return match.Success ? new(match.Groups["bucket"].Value, prefix.Length == 0 ? "" : prefix + "/") : null;
    }
}
