using System;
using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

public sealed class TextValueTests
{
    public static TheoryData<string> Ids => [.. Benchmark.All.SelectMany(b => b.Controls).Select(c => c.ControlId.ToString()).Distinct()];

    // Group-Object -AsHashTable makes its table like this.
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_hashtable_finds_an_id_by_its_text(string text)
    {
        foreach (var culture in new[] { "", "en-US", "sv-SE", "de-DE", "tr-TR", "ja-JP", "ar-SA", "fa-IR" })
        {
            var table = new Hashtable(StringComparer.Create(CultureInfo.GetCultureInfo(culture), ignoreCase: true)) { [ControlId.Parse(text)] = "found" };
            Assert.Equal("found", table[text]);
            Assert.Equal("found", table[ControlId.Parse(text)]);
        }
    }

    [Theory]
    [InlineData("1.10")]
    [InlineData("*")]
    [InlineData("3.1[0-4]")]
    [InlineData("2.1.?")]
    public void A_value_is_its_text_as_a_Uri_too(string text)
    {
        Uri uri = ControlSelector.Parse(text);
        Assert.Equal((text, text, text, text + " x"), (uri.ToString(), uri.OriginalString, $"{uri}", ControlSelector.Parse(text) + " x"));
    }

    [Theory]
    [InlineData(typeof(ControlId))]
    [InlineData(typeof(ControlSelector))]
    public void Text_converts_and_a_number_is_refused_with_advice(Type type)
    {
        var converter = TypeDescriptor.GetConverter(type);
        Assert.Equal("1.10", Assert.IsType<TextValue>(converter.ConvertFrom("1.10"), exactMatch: false).ToString());
        Assert.Equal(type, converter.ConvertFrom("1.10")!.GetType());
        Assert.Contains("Quote it", Assert.Throws<FormatException>(() => converter.ConvertFrom(1.1)).Message);
        Assert.Contains("'x'", Assert.Throws<FormatException>(() => converter.ConvertFrom("x")).Message);
    }
}
