using System.Text.RegularExpressions;

namespace CisAws.PowerShell.Evidence;

/// <summary>A place in Amazon S3: <c>s3://bucket/prefix</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Empty, or with a slash at its end.</param>
internal sealed record S3Location(string Bucket, string Prefix)
{
    private static readonly Regex Form = new(@"\As3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex Meant = new(@"\A(s3:|arn:[a-z0-9-]*:s3:|https?://)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Whether a text is meant as such a place, be it valid or not: one with a slash too few, an ARN, or the address of a web page.</summary>
    public static bool IsMeant(string text) => Meant.IsMatch(text);

    /// <summary>Reads a place; null if it is not valid.</summary>
    public static S3Location? TryParse(string text)
    {
        var match = Form.Match(text);
        var prefix = match.Groups["prefix"].Value.Trim('/');
        return match.Success ? new(match.Groups["bucket"].Value, prefix.Length == 0 ? "" : prefix + "/") : null;
    }
}
