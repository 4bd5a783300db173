using System.Text.RegularExpressions;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>What IDs in a program look like: by pattern, which the schema shares, and in words, for messages.</summary>
internal static class Formats
{
    public const string AccountIdPattern = "^[0-9]{12}$";
    public const string AccountId = "an account ID of 12 digits";
    public const string RegionPattern = "^[a-z]{2,4}(-[a-z]+){1,3}-[0-9]{1,2}$";
    public const string Region = "a region such as eu-west-1";
    public const string DayPattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    public const string Day = "a date such as 2027-03-31";
    public const string ControlId = "a control ID such as 1.17";
    public const string Control = "a control ID such as 1.10, or a wildcard such as 3.* or 3.1[0-4] that matches at least one control";
    public const int LongestText = 2000;

    public static bool IsAccountId(string text) => Is(text, AccountIdPattern);

    public static bool IsRegion(string text) => Is(text, RegionPattern);

    // $ would let a line's end pass.
    private static bool Is(string text, string pattern) =>
        !text.EndsWith("\n", System.StringComparison.Ordinal) && Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant);
}
