using System;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.FilterPatterns;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

public sealed class MatchTests
{
    private const string Event = """
        {
          "eventName": "CreateTrail", "empty": "", "n": 443, "fraction": 2.50, "large": 1e3, "negative": -0.5, "digits": "443",
          "yes": true, "no": false, "nothing": null, "object": { "inner": "x", "a-b_c": 1 }, "list": [ "first", { "name": "second" } ],
          "big": 123456789012345678901234567890, "starred": "C*eTrail", "spoken": "say \"\\ \u00fc"
        }
        """;

    [Theory]
    [InlineData("$.eventName = CreateTrail")]
    [InlineData("$.eventName = \"Create*\"")]
    [InlineData("$.eventName = *Trail")]
    [InlineData("$.eventName = *eTr*")]
    [InlineData("$.eventName = **")]
    [InlineData("$.eventName != createtrail")]
    [InlineData("$.eventName != *Logging")]
    [InlineData("$.object.inner = x")]
    [InlineData("$.object.a-b_c = 1")]
    [InlineData("$.list[0] = first")]
    [InlineData("$.list[1].name = second")]
    [InlineData("$.n = 443")]
    [InlineData("$.n = 4.43e2")]
    [InlineData("$.n != 443.0001")]
    [InlineData("$.n = \"443\"")]
    [InlineData("$.n = 4*")]
    [InlineData("$.n = %^4+3$%")]
    [InlineData("$.n > 442 && $.n >= 443 && $.n < 443.5 && $.n <= 443")]
    [InlineData("$.fraction = 2.5")]
    [InlineData("$.fraction = +2.5")]
    [InlineData("$.fraction = \"2.50\"")]
    [InlineData("$.large = 1000")]
    [InlineData("$.negative < 0 && $.negative > -1")]
    [InlineData("$.big > 123456789012345678901234567889")]
    [InlineData("$.big < 1e999999999999")]
    [InlineData("$.digits = \"443\"")]
    [InlineData("$.digits != 443")]
    [InlineData("$.yes IS TRUE && $.no IS FALSE && $.nothing IS NULL")]
    [InlineData("$.yes != true")]
    [InlineData("$.missing NOT EXISTS && $.object.missing NOT EXISTS && $.list[2] NOT EXISTS && $.eventName.inner NOT EXISTS")]
    [InlineData("$.list.name NOT EXISTS && $.object[0] NOT EXISTS && $[0] NOT EXISTS")]
    [InlineData("$.spoken = \"say \\\"\\\\ *\"")]
    [InlineData("$.spoken = %ü$%")]
    [InlineData("$.a = 1 && $.b = 1 || $.n = 443")]
    public void A_condition_matches(string condition) => Assert.True(Matches(condition));

    [Theory]
    [InlineData("$.eventName = createtrail")]
    [InlineData("$.EventName = CreateTrail")]
    [InlineData("$.eventName = Create")]
    [InlineData("$.eventName = Trail*")]
    [InlineData("$.eventName = *Create")]
    [InlineData("$.eventName = CreateTrail*Trail")]
    [InlineData("$.eventName != CreateTrail")]
    [InlineData("$.eventName != *")]
    [InlineData("$.eventName > 1")]
    [InlineData("$.n != 443")]
    [InlineData("$.n > 443")]
    [InlineData("$.n < 443")]
    [InlineData("$.n = \"443.0\"")]
    [InlineData("$.fraction = \"2.5\"")]
    [InlineData("$.digits = 443")]
    [InlineData("$.digits >= 443")]
    [InlineData("$.yes = true")]
    [InlineData("$.nothing = \"\"")]
    [InlineData("$.missing = *")]
    [InlineData("$.missing != x")]
    [InlineData("$.missing IS NULL")]
    [InlineData("$.nothing NOT EXISTS")]
    [InlineData("$.object = *")]
    [InlineData("$.object != x")]
    [InlineData("$.object NOT EXISTS")]
    [InlineData("$.list = *")]
    [InlineData("$.list != x")]
    [InlineData("$.list[1] != x")]
    [InlineData("$.n = 443 && ($.a = 1 || $.b = 1)")]
    public void A_condition_does_not_match(string condition) => Assert.False(Matches(condition));

    [Theory]
    [InlineData("$.eventName = *")]
    [InlineData("$.empty = *")]
    [InlineData("$.n = *")]
    [InlineData("$.yes = *")]
    [InlineData("$.nothing = *")]
    public void A_star_alone_matches_any_value_that_is_present(string condition) => Assert.True(Matches(condition));

    [Theory]
    [InlineData("Trail", true)]
    [InlineData("^Create", true)]
    [InlineData("^Trail", false)]
    [InlineData("Trail$", true)]
    [InlineData("Create$", false)]
    [InlineData("^C.{9}l$", true)]
    [InlineData("^C.{10,}l$", false)]
    [InlineData("^C.{2,9}l$", true)]
    [InlineData("^[A-Z][a-z]+[^a-z][a-z]*$", true)]
    [InlineData("^[^A-Z]", false)]
    [InlineData("Trial|Train|Trail", true)]
    [InlineData("Trial|Train", false)]
    [InlineData("CreateX?Trail", true)]
    [InlineData("Create\\w{5}$", true)]
    [InlineData("\\d|\\s|\\W", false)]
    [InlineData("\\D\\S", true)]
    [InlineData("\\x54rail", true)]
    [InlineData("[\\x41-\\x43]reate", true)]
    [InlineData("Create\\.", false)]
    [InlineData("[]]", false)]
    [InlineData("[-x]|[x-]", false)]
    [InlineData("x*", true)]
    [InlineData("a^|$C", false)]
    [InlineData("^$", false)]
    [InlineData("", true)]
    public void A_regular_expression_is_looked_for_anywhere(string regex, bool matches) =>
        Assert.Equal(matches, Matches($"$.eventName = %{regex}%"));

    [Theory]
    [InlineData("^$", true)]
    [InlineData("$^", true)]
    [InlineData(".", false)]
    public void A_regular_expression_can_be_found_in_nothing(string regex, bool matches) =>
        Assert.Equal(matches, Matches($"$.empty = %{regex}%"));

    [Fact]
    public void Regular_expressions_match_as_those_of_dotnet_do() =>
        Gen.Select(Gen.String[Gen.Char["ab^$.*+?|[]{}2,-\\wd"], 0, 8], Gen.String[Gen.Char["ab-2c"], 0, 6]).Sample(
            (regex, text) =>
            {
                // What is a lazy or a literal sign to .NET is no expression to AWS, and only .NET takes one set from another.
                if (!FilterPattern.TryParse($"{{ $.a = %{regex}% }}", out var pattern, out _) || regex.Contains("-[", StringComparison.Ordinal))
                {
                    return true;
                }

                using var record = JsonDocument.Parse(JsonSerializer.Serialize(new { a = text }));
                return pattern.Matches(record.RootElement) == Regex.IsMatch(text, regex);
            },
            iter: 20_000);

    [Fact]
    public void A_regular_expression_that_makes_others_backtrack_does_not()
    {
        var pattern = FilterPattern.Parse("{ $.a = %^a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b$% }");
        using var record = JsonDocument.Parse($"{{ \"a\": \"{new string('a', 20_000)}\" }}");
        Assert.False(pattern.Matches(record.RootElement));
    }

    [Fact]
    public void An_infix_star_is_read_either_way()
    {
        var pattern = FilterPattern.Parse("{ $.eventName = C*eTrail }");
        var starred = FilterPattern.Parse("{ $.starred = C*eTrail }");
        var literal = FilterSemantics.Observed with { InfixStarIsWildcard = false };
        using var record = JsonDocument.Parse(Event);
        Assert.True(pattern.Matches(record.RootElement));
        Assert.False(pattern.Matches(record.RootElement, literal));
        Assert.True(starred.Matches(record.RootElement, literal));
    }

    [Fact]
    public void Unequal_and_absent_is_read_either_way()
    {
        var pattern = FilterPattern.Parse("{ $.missing != x }");
        var opposite = FilterSemantics.Observed with { NotEqualMatchesAbsent = true };
        using var record = JsonDocument.Parse(Event);
        Assert.False(pattern.Matches(record.RootElement));
        Assert.True(pattern.Matches(record.RootElement, opposite));
        Assert.False(FilterPattern.Parse("{ $.object != x }").Matches(record.RootElement, opposite));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void What_is_no_record_has_no_fields(string json)
    {
        using var record = JsonDocument.Parse(json);
        Assert.True(FilterPattern.Parse("{ $.a NOT EXISTS }").Matches(record.RootElement));
        Assert.False(FilterPattern.Parse("{ $.a != x }").Matches(record.RootElement));
    }

    [Fact]
    public void Text_that_no_dotnet_string_can_hold_is_read_as_it_is_spelt()
    {
        using var record = JsonDocument.Parse("""{ "a": "x\ud83d", "b": "y" }""");
        Assert.True(FilterPattern.Parse("{ $.a = x* && $.b = y }").Matches(record.RootElement));
        Assert.False(FilterPattern.Parse("{ $.a = x }").Matches(record.RootElement));
    }

    [Fact]
    public void The_empty_pattern_matches_everything()
    {
        using var record = JsonDocument.Parse("{}");
        Assert.True(FilterPattern.Parse("").Matches(record.RootElement));
    }

    [Fact]
    public void A_pattern_that_looks_at_text_cannot_be_asked_about_fields()
    {
        using var record = JsonDocument.Parse("{}");
        var error = Assert.Throws<NotSupportedException>(() => FilterPattern.Parse("?CreateTrail").Matches(record.RootElement));
        Assert.Contains("?CreateTrail has the form Terms", error.Message, StringComparison.Ordinal);
    }

    private static bool Matches(string condition)
    {
        using var record = JsonDocument.Parse(Event);
        return FilterPattern.Parse($"{{ {condition} }}").Matches(record.RootElement);
    }
}
