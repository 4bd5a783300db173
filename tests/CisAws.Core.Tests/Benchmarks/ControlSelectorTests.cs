using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Benchmarks;

public sealed class ControlSelectorTests
{
    [Theory]
    [InlineData("1.10", false, "1.10")]
    [InlineData("9.9", false, "")]
    [InlineData("3.1[0-4]", true, "3.10 3.11 3.12 3.13 3.14")]
    [InlineData("4.?", true, "4.1 4.2 4.3 4.4")]
    [InlineData("?.22", true, "1.22")]
    [InlineData("[24].1", true, "2.1 4.1")]
    [InlineData("9.*", true, "")]
    public void An_id_names_one_control_and_a_wildcard_those_that_match(string text, bool isWildcard, string ids)
    {
        var selector = ControlSelector.Parse(text);
        Assert.Equal((isWildcard, text), (selector.IsWildcard, selector.ToString()));
        Assert.Equal(ids, string.Join(' ', Benchmark.Default.Controls.Select(c => c.ControlId).Where(selector.Matches)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(" 1.1")]
    [InlineData("01.1")]
    [InlineData("1,1")]
    [InlineData("3.1[0")]
    [InlineData("3.1[4-0]")]
    [InlineData("IAM*")]
    [InlineData("1.* or 2.*")]
    [InlineData("3.`*")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(ControlSelector.TryParse(text, out _));
        Assert.Equal(
            $"'{text}' is not a control ID such as '1.10', or a wildcard such as '3.*' or '3.1[0-4]'.",
            Assert.Throws<FormatException>(() => ControlSelector.Parse(text)).Message);
    }

    [Fact]
    public void A_wildcard_of_the_characters_of_ids_is_taken_and_kept() => Gen.Char["019.*?[]-"].Array[0, 8].Select(c => new string(c)).Sample(
        text =>
        {
            var isTaken = ControlSelector.TryParse(text, out var selector);
            Assert.Equal(Wildcard.IsIn(text) || (ControlId.TryParse(text, out var id) && id!.ToString() == text), isTaken);
            Assert.Equal(isTaken ? text : null, selector?.ToString());
            Assert.All(Benchmark.Default.Controls, c => Assert.Equal(isTaken && Wildcard.Matches(text, c.ControlId.ToString()), selector?.Matches(c.ControlId) == true));
        },
        iter: 5000);

    [Fact]
    public void Ids_come_before_wildcards_and_by_their_numbers()
    {
        string[] selectors = ["3.*", "1.10", "*", "4.1", "1.9"];
        Assert.Equal("1.9 1.10 4.1 * 3.*", string.Join(' ', selectors.Select(ControlSelector.Parse).Order()));
    }

    [Fact]
    public void It_equals_what_is_written_the_same()
    {
        var selector = ControlSelector.Parse("4.1");
        Assert.True(selector == ControlSelector.Parse("4.1") && selector == new ControlSelector(ControlId.Parse("4.1")) && selector != ControlSelector.Parse("4.*"));
        Assert.True(selector.Equals((object)"4.1") && selector.Equals((object)ControlId.Parse("4.1")) && ControlId.Parse("4.1").Equals((object)selector));
        Assert.False(selector.Equals(4.1) || ControlId.Parse("4.1").Equals((object)ControlSelector.Parse("4.*")) || selector.Equals(null));
        Assert.Equal(selector.GetHashCode(), ControlSelector.Parse("4.1").GetHashCode());
        Assert.Equal(0, selector.CompareTo((object)"4.1"));
        Assert.Equal("A control ID cannot be compared with Double 4.1. Quote it: '4.1'.", Assert.Throws<ArgumentException>(() => selector.CompareTo(4.1)).Message.Split(" (")[0]);
    }
}
