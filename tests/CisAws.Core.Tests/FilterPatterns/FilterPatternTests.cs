using System;
using CisAws.FilterPatterns;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

public sealed class FilterPatternTests
{
    [Theory]
    [InlineData("{ $.eventName = CreateTrail }", "{$.eventName=CreateTrail}")]
    [InlineData("{ $.eventName = CreateTrail }", " {\n\t$.eventName\r\n = CreateTrail\n} ")]
    [InlineData("{ $.eventName = CreateTrail }", "{ $.eventName = \"CreateTrail\" }")]
    [InlineData("{ $.eventName = CreateTrail }", "{ ((($.eventName = CreateTrail))) }")]
    [InlineData("{ $.eventSource = kms.amazonaws.com }", "{ $.eventSource = \"kms.amazonaws.com\" }")]
    [InlineData("{ $.errorCode = *UnauthorizedOperation }", "{ $.errorCode = \"*UnauthorizedOperation\" }")]
    [InlineData("{ $.a = 1 || $.b = 2 || $.c = 3 }", "{ ($.a = 1) || (($.b = 2) || ($.c = 3)) }")]
    [InlineData("{ $.a = 1 && $.b = 2 && $.c = 3 }", "{ (($.a = 1) && ($.b = 2)) && ($.c = 3) }")]
    [InlineData("{ $.a = 1 && $.b = 2 || $.c = 3 }", "{ ($.a = 1 && $.b = 2) || $.c = 3 }")]
    [InlineData("{ $.a NOT EXISTS }", "{ ($.a  NOT\nEXISTS) }")]
    [InlineData("{ $.a IS TRUE && $.b IS FALSE && $.c IS NULL }", "{ ($.a IS TRUE) && ($.b IS FALSE) && ($.c IS NULL) }")]
    [InlineData("{ $.a = \"x\\\"y\" }", "{$.a=\"x\\\"y\"}")]
    [InlineData("{ $.a = %Trail$|^Log\\[% }", "{ ($.a=%Trail$|^Log\\[%) }")]
    [InlineData("{ $.resources[01] = x }", "{ $.resources[1] = x }")]
    [InlineData("", "  ")]
    [InlineData("", "\" \"")]
    [InlineData("ERROR -exiting", " ERROR -exiting\n")]
    [InlineData("{ $.resources[0].ARN = \"arn:aws:s3:::b/*\" }", "{ $.resources[0].ARN = arn:aws:s3:::b/* }")]
    [InlineData("{ $.n >= -1.5e3 }", "{($.n>=-1.5e3)}")]
    public void Spacing_quotes_and_redundant_parentheses_do_not_matter(string one, string other)
    {
        Assert.Equal(FilterPattern.Parse(one), FilterPattern.Parse(other));
        Assert.Equal(FilterPattern.Parse(one).GetHashCode(), FilterPattern.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("{ $.a = x || $.b = y }", "{ $.b = y || $.a = x }")]
    [InlineData("{ $.a = x || $.b = y }", "{ $.a = x && $.b = y }")]
    [InlineData("{ ($.a = x || $.b = y) && $.c = z }", "{ $.a = x || $.b = y && $.c = z }")]
    [InlineData("{ $.a = x }", "{ $.a != x }")]
    [InlineData("{ $.a = x }", "{ $.a = X }")]
    [InlineData("{ $.a = x }", "{ $.A = x }")]
    [InlineData("{ $.a = x }", "{ $.a = \"x \" }")]
    [InlineData("{ $.a = x }", "{ $.a = %x% }")]
    [InlineData("{ $.a = 1 }", "{ $.a = \"1\" }")]
    [InlineData("{ $.a = \"*\" }", "{ $.a = \"\" }")]
    [InlineData("{ $.a IS NULL }", "{ $.a NOT EXISTS }")]
    [InlineData("{ $.a IS NULL }", "{ $.a = NULL }")]
    [InlineData("{ $.a = x || $.a = y }", "{ $.a = x }")]
    [InlineData("{ $.a = \"x\\\" || $.b = \\\"y\" }", "{ $.a = \"x\" || $.b = \"y\" }")]
    public void What_says_something_else_or_in_another_order_is_not_equal(string one, string other) =>
        Assert.NotEqual(FilterPattern.Parse(one), FilterPattern.Parse(other));

    [Theory]
    [InlineData("{ $.a = 1 }", nameof(FilterPatternForm.Json))]
    [InlineData("", nameof(FilterPatternForm.Everything))]
    [InlineData("\n", nameof(FilterPatternForm.Everything))]
    [InlineData("\" \"", nameof(FilterPatternForm.Everything))]
    [InlineData("\"\"", nameof(FilterPatternForm.Everything))]
    [InlineData("ERROR", nameof(FilterPatternForm.Terms))]
    [InlineData("?CreatePolicy ?DeletePolicy", nameof(FilterPatternForm.Terms))]
    [InlineData("\"{ $.a = 1 }\"", nameof(FilterPatternForm.Terms))]
    [InlineData("%Trail$%", nameof(FilterPatternForm.Terms))]
    [InlineData("[ip, user, status = 4*]", nameof(FilterPatternForm.SpaceDelimited))]
    public void The_form_of_a_pattern_is_recognised(string text, string form) =>
        Assert.Equal(form, FilterPattern.Parse(text).Form.ToString());

    [Theory]
    [InlineData(" [ip, user", 2, "An unclosed '['")]
    [InlineData("{", 2, "Expected a field such as $.eventName, found the end")]
    [InlineData("{ }", 3, "Expected a field such as $.eventName, found '}'")]
    [InlineData("{ $.a = x", 10, "Expected '}', found the end")]
    [InlineData("{ $.a = x } }", 13, "nothing after the closing '}'")]
    [InlineData("{ ($.a = x }", 12, "Expected ')', found '}'")]
    [InlineData("{ $.a x }", 7, "Expected a comparison")]
    [InlineData("{ $.a = }", 9, "Expected a value after '='")]
    [InlineData("{ $.a = = x }", 9, "Expected a value after '='")]
    [InlineData("{ $.a < x }", 9, "Expected a number after '<'")]
    [InlineData("{ $.a >= \"1\" }", 10, "Expected a number after '>='")]
    [InlineData("{ $.a NOT x }", 11, "Expected EXISTS")]
    [InlineData("{ $.a IS NOT }", 10, "Expected NULL, TRUE or FALSE")]
    [InlineData("{ $.a = x | $.b = y }", 11, "A single '|'")]
    [InlineData("{ $.a = x & $.b = y }", 11, "A single '&'")]
    [InlineData("{ $.a ! x }", 7, "A '!' without '='")]
    [InlineData("{ $a = x }", 3, "A '$' without a field")]
    [InlineData("{ $. = x }", 3, "A '$' without a field")]
    [InlineData("{ $.a = \"x }", 9, "An unclosed quotation mark")]
    [InlineData("{ $.a = %x }", 9, "An unclosed '%'")]
    [InlineData("{ $.a[10000] = x }", 6, "Expected a comparison")]
    [InlineData("{ $.a = %(x)% }", 10, "A parenthesis, which regular expressions in filter patterns do not support")]
    [InlineData("{ $.a = %x[a-% }", 11, "An unclosed '['")]
    [InlineData("{ $.a = %[z-a]% }", 11, "An invalid range of characters")]
    [InlineData("{ $.a = %[\\d-z]% }", 11, "An invalid range of characters")]
    [InlineData("{ $.a = %a**% }", 12, "A '*' with nothing to repeat")]
    [InlineData("{ $.a = %^+% }", 11, "A '+' with nothing to repeat")]
    [InlineData("{ $.a = %a{2% }", 11, "A '{' without a count")]
    [InlineData("{ $.a = %a{3,2}% }", 11, "A '{' without a count")]
    [InlineData("{ $.a = %a{9999999999}% }", 11, "A regular expression that is too large")]
    [InlineData("{ $.a = %a\\% }", 11, "A '\\' at the end of a regular expression")]
    [InlineData("{ $.a = %\\b% }", 10, "'\\b', which regular expressions in filter patterns do not support")]
    [InlineData("{ $.a = %\\x4% }", 10, "A '\\x' without two hexadecimal digits")]
    [InlineData("{ $.a = %]% }", 10, "An unmatched ']'")]
    [InlineData("{ eventName = x }", 3, "Expected a field such as $.eventName, found 'eventName'")]
    public void What_is_no_pattern_says_where_and_why(string text, int position, string problem)
    {
        Assert.False(FilterPattern.TryParse(text, out _, out var error));
        Assert.Equal(position, error.Position);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"at character {position}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_of_the_greatest_length_nests_without_end_of_the_stack()
    {
        var deepest = "{" + new string('(', 508) + "$.a=1" + new string(')', 508) + "}";
        Assert.Equal(FilterPattern.Parse("{ $.a = 1 }"), FilterPattern.Parse(deepest));
        Assert.False(FilterPattern.TryParse("{" + new string('(', 1_000_000), out _, out var error));
        Assert.Contains("nested parentheses", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With a time that grows with the square of the length, the test would not end.</summary>
    [Fact]
    public void A_text_of_any_length_is_read()
    {
        var word = new string('a', 1_000_000);
        Assert.Equal(FilterPatternForm.Terms, FilterPattern.Parse(word + "\"").Form);
        Assert.True(FilterPattern.Parse(word).Terms!.Matches([word]));
    }

    [Fact]
    public void Random_patterns_stay_equal_however_they_are_spelt() =>
        Gen.Select(Patterns.Tree, Gen.Int, Gen.Int).Sample((tree, one, other) =>
            FilterPattern.Parse(Patterns.Spell(tree, one)).Equals(FilterPattern.Parse(Patterns.Spell(tree, other))));

    [Fact]
    public void Random_patterns_differ_when_their_trees_do() =>
        Gen.Select(Patterns.Tree, Patterns.Tree).Sample((one, other) =>
            FilterPattern.Parse(Patterns.Spell(one, 1)).Equals(FilterPattern.Parse(Patterns.Spell(other, 2))) == (Patterns.Flat(one) == Patterns.Flat(other)));

    [Fact]
    public void The_normal_spelling_reads_as_the_same_pattern() =>
        Gen.Select(Patterns.Tree, Gen.Int).Sample((tree, seed) =>
        {
            var pattern = FilterPattern.Parse(Patterns.Spell(tree, seed));
            return FilterPattern.Parse(pattern.ToString()).ToString() == pattern.ToString();
        });

    /// <summary>Anything but a syntax error would end the test with its own exception.</summary>
    [Fact]
    public void Random_text_gives_a_pattern_or_a_position() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["{}()$.=!<>&|\"%\\*[]0a IS\nNULL"], 0, 60].Select(s => "{ $.a" + s)).Sample(text =>
            FilterPattern.TryParse(text, out _, out var error) || (error.Position >= 1 && error.Position <= text.Length + 1));

    [Fact]
    public void A_pattern_with_one_character_lost_gives_a_pattern_or_a_position() =>
        Gen.Select(Patterns.Tree, Gen.Int, Gen.Int[0, 10_000]).Sample((tree, seed, at) =>
        {
            var text = Patterns.Spell(tree, seed);
            text = text.Remove(at % text.Length, 1);
            return FilterPattern.TryParse(text, out _, out var error) || (error.Position >= 1 && error.Position <= text.Length + 1);
        });
}
