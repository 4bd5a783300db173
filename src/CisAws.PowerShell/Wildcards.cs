using System.Management.Automation;

namespace CisAws.PowerShell;

/// <summary>PowerShell's wildcards, as every cmdlet of the module takes them.</summary>
internal static class Wildcards
{
    /// <summary>A pattern that ignores case in every culture alike: under tr-TR the capital of i is another letter, and iam is not IAM.</summary>
    public static WildcardPattern Pattern(string text) => new(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
