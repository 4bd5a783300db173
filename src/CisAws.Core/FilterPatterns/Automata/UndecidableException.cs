using System;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A question about patterns needs more work than its budget allows. The message gives the reason, to follow "because".</summary>
internal sealed class UndecidableException(string why) : Exception(why)
{
    public static UndecidableException TooManyTexts() =>
        new("the patterns contain too many or too complex texts and regular expressions");
}
