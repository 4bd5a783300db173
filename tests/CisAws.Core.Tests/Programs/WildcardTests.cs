using System.Text.RegularExpressions;
using CisAws.Programs;
using CsCheck;

namespace CisAws.Core.Tests.Programs;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("1.*", "1.10", true)]
    [InlineData("1.1", "1.10", false)]
    [InlineData("1.1?", "1.10", true)]
    [InlineData("1.1?", "1.1", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("ARN:*:i-0?", "arn:aws:ec2:eu-west-1:1:instance/i-0i", false)]
    [InlineData("ARN:*/i-0?", "arn:aws:ec2:eu-west-1:1:instance/i-0i", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Patterns_match_whole_texts_in_any_case(string pattern, string text, bool expected) => Assert.Equal(expected, Wildcard.Matches(pattern, text));

    [Fact]
    public void A_regular_expression_finds_the_same()
    {
        var text = Gen.Char["ab*?"].Array[0, 8].Select(c => new string(c));
        Gen.Select(text, Gen.Char["abAB"].Array[0, 8].Select(c => new string(c))).Sample(
            (pattern, word) =>
            {
                var expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$";
                Assert.Equal(Regex.IsMatch(word, expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), Wildcard.Matches(pattern, word));
            },
            iter: 5000);
    }
}
