using System.Text.RegularExpressions;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Text;

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
    [InlineData("[ab]", "a", true)]
    [InlineData("[ab]", "c", false)]
    [InlineData("3.1[0-4]", "3.14", true)]
    [InlineData("3.1[0-4]", "3.15", false)]
    [InlineData("[A-C]x", "bX", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a`]]", "]", true)]
    [InlineData("[a`-c]", "-", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "a", false)]
    [InlineData("`[a]", "[a]", true)]
    [InlineData("a`", "a`", true)]
    [InlineData("`", "", true)]
    [InlineData("`", "`", false)]
    // Not wildcards: a bracket that is not closed, a range that runs backwards.
    [InlineData("[ab", "[AB", true)]
    [InlineData("[b-a]", "[b-a]", true)]
    [InlineData("[b-a]*", "b", false)]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Patterns_match_whole_texts_in_any_case(string pattern, string text, bool expected) => Assert.Equal(expected, Wildcard.Matches(pattern, text));

    [Theory]
    [InlineData("1.10", false)]
    [InlineData("1.*", true)]
    [InlineData("1.1?", true)]
    [InlineData("3.1[0-4]", true)]
    [InlineData("3.1[0-4", false)]
    [InlineData("3.1[4-0]", false)]
    [InlineData("`*", false)]
    [InlineData("`**", true)]
    public void A_text_has_wildcards_or_is_one_name(string text, bool expected) => Assert.Equal(expected, Wildcard.IsIn(text));

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
