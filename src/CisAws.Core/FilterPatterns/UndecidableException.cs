using System;

namespace CisAws.FilterPatterns;

/// <summary>A question about patterns would take more work than it is given.</summary>
internal sealed class UndecidableException(string why) : Exception(why)
{
    public static UndecidableException TooManyTexts() =>
        new("the texts and regular expressions that one field is compared with are too many or too intricate");
}
