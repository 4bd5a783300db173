using System;
using System.Linq;
using CisAws.Benchmarks;

namespace CisAws.Core.Tests.Benchmarks;

public sealed class ControlIdTests
{
    [Theory]
    [InlineData("1.1", 1)]
    [InlineData("1.10", 1)]
    [InlineData(" 3.14 ", 3)]
    [InlineData("2.1.1", 2)]
    [InlineData("2.1.10.4", 2)]
    public void Two_to_four_whole_numbers_with_dots_between_are_an_id(string text, int section)
    {
        var id = ControlId.Parse(text);
        Assert.Equal((section, text.Trim()), (id.Section, id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.1.1.1.1")]
    [InlineData("1,1")]
    [InlineData("-1.1")]
    [InlineData("1. 1")]
    [InlineData("1.*")]
    [InlineData("1.99999999999")]
    [InlineData("one.two")]
    public void Anything_else_is_refused_and_quoted(string text)
    {
        Assert.False(ControlId.TryParse(text, out var id));
        Assert.Null(id);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ControlId.Parse(text)).Message);
    }

    [Fact]
    public void No_text_is_no_id() => Assert.False(ControlId.TryParse(null, out _));

    [Fact]
    public void Ids_are_ordered_by_their_numbers()
    {
        string[] expected = ["1.1", "1.2", "1.9", "1.10", "1.22", "2.1", "3.9", "3.10"];
        Assert.Equal(expected, expected.Reverse().Select(ControlId.Parse).OrderBy(id => id).Select(id => id.ToString()));
    }

    [Fact]
    public void As_text_the_sort_key_has_the_same_order()
    {
        string[] expected = ["1.1", "1.2", "1.9", "1.10", "1.22", "2.1", "2.1.1", "2.1.10", "2.2", "3.9", "3.10"];
        Assert.Equal(expected, expected.OrderBy(id => ControlId.Parse(id).SortKey, StringComparer.Ordinal));
        Assert.Equal("02.01.10", ControlId.Parse("2.1.10").SortKey);
    }

    [Fact]
    public void Comparisons_agree_with_the_order()
    {
        var (nine, ten) = (ControlId.Parse("1.9"), ControlId.Parse("1.10"));
        Assert.True(nine != ten && nine.CompareTo(ten) < 0 && ten.CompareTo(nine) > 0);
        Assert.False(nine == ten);
        Assert.True(ControlId.Parse("2.1").CompareTo(ControlId.Parse("2.1.1")) < 0);
        Assert.True(nine.CompareTo((ControlId?)null) > 0);
        Assert.True(nine.CompareTo((object?)null) > 0);
        Assert.True((ControlId?)null == null);
        Assert.True(nine != null);
    }

    [Fact]
    public void Equal_ids_have_equal_hash_codes()
    {
        Assert.Equal(ControlId.Parse("1.10"), ControlId.Parse(" 1.10"));
        Assert.Equal(ControlId.Parse("1.10").GetHashCode(), ControlId.Parse("1.10").GetHashCode());
        Assert.NotEqual(ControlId.Parse("1.10"), ControlId.Parse("1.1"));
    }

    [Fact]
    public void An_id_compares_with_text()
    {
        var id = ControlId.Parse("1.10");
        Assert.True(id.Equals("1.10"));
        Assert.False(id.Equals("1.1"));
        Assert.False(id.Equals("ten"));
        Assert.Equal(0, id.CompareTo("1.10"));
        Assert.True(id.CompareTo("1.9") > 0);
    }

    // PowerShell reads an unquoted 1.10 as the number 1.1, which is another control.
    [Fact]
    public void An_id_never_equals_a_number_and_refuses_to_be_ordered_with_one()
    {
        var id = ControlId.Parse("1.1");
        Assert.False(id.Equals(1.1));
        Assert.False(id.Equals(1.1m));
        Assert.Contains("Quote it: '1.1'", Assert.Throws<ArgumentException>(() => id.CompareTo(1.1)).Message);
    }

    [Fact]
    public void An_id_refuses_to_be_ordered_with_text_that_is_no_id() =>
        Assert.Throws<ArgumentException>(() => ControlId.Parse("1.1").CompareTo("one"));
}
