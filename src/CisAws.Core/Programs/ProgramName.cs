using System;
using System.Linq;
using System.Text;
using CisAws.Rules;

namespace CisAws.Programs;

/// <summary>
/// Names of programs. A program's file in a store is its name with .json, so a name is limited to what every file system
/// accepts, and can never lead out of the store.
/// </summary>
internal static class ProgramName
{
    /// <summary>What a name may be, for messages and the schema's description.</summary>
    public const string Rule = "A program name consists of 1 to 100 letters, digits, spaces and . _ - ( ) ' & +, begins with a letter or digit, and does not end with .json, a period or a space.";

    /// <summary>The rule as far as a schema can say it.</summary>
    public const string Pattern = @"^(?!.*\.[Jj][Ss][Oo][Nn]$)[\p{L}\p{Nd}]([\p{L}\p{M}\p{Nd} ._()'&+-]{0,98}[\p{L}\p{M}\p{Nd}_()'&+-])?$";

    private const int Longest = 100;
    private const string Punctuation = " ._-()'&+";

    // Devices of Windows, with any extension; and the name of the schema that lies beside the programs.
    private static readonly string[] Reserved =
        ["con", "prn", "aux", "nul", "cis-program.schema", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    /// <summary>True when the text can name a program.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest &&
        // What ends like a file is read as the path of one.
        !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) &&
        char.IsLetterOrDigit(name[0]) && !(name[name.Length - 1] is '.' or ' ') &&
        name.All(c => char.IsLetterOrDigit(c) || IsMark(c) || Punctuation.Contains(c)) &&
        !Reserved.Contains(name.Split('.')[0].ToLowerInvariant()) && !Reserved.Contains(name.ToLowerInvariant());

    /// <summary>True when two names are the same, whatever their case and the culture.</summary>
    public static bool Same(string a, string b) =>
        string.Equals(a.Normalize(NormalizationForm.FormC), b.Normalize(NormalizationForm.FormC), StringComparison.OrdinalIgnoreCase);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
