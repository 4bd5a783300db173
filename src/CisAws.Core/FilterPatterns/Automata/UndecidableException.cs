using System;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A question about patterns needs more work than its budget allows. The message gives the reason, to follow "because".</summary>
internal sealed class UndecidableException(string why) : Exception(why)
{
    public static UndecidableException TooManyTexts() =>
        new("the texts and regular expressions that the patterns compare fields with are too many or too complex");
}
