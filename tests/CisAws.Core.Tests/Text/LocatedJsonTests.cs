using System;
using System.Linq;
using System.Text.Json;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Text;

public sealed class LocatedJsonTests
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    [Theory]
    [InlineData("", 1, "$", "The file is empty.", "{ ... }")]
    [InlineData(" \n ", 2, "$", "The file is empty.", "{ ... }")]
    [InlineData("{\n\"a\": 1,\n}", 3, "$", "a comma before }", "Remove the comma.")]
    [InlineData("{\"a\": [\n1,\n]}", 3, "$.a", "a comma before ]", "Remove the comma.")]
    [InlineData("{\n// why\n\"a\": 1}", 2, "$", "a comment", "Remove the comment.")]
    [InlineData("{\"a\": /* why */ 1}", 1, "$", "a comment", "Remove the comment.")]
    [InlineData("{\n\"a\": 1\n\"b\": 2}", 3, "$", "A comma is missing", "after the previous value")]
    [InlineData("{\"a\": [1\n[2]]}", 2, "$.a", "A comma is missing", "after the previous value")]
    [InlineData("{\"a\" 1}", 1, "$", "A colon is missing after 'a'", "\"a\": and the value")]
    [InlineData("{\"a\": }", 1, "$", "There is an unexpected } inside an object that begins on line 1", "Expected a value")]
    [InlineData("{\"a\": [1}", 1, "$.a", "There is an unexpected } inside a list that begins on line 1", "Expected a comma or ]")]
    [InlineData("{\n\"a\": [1", 2, "$.a", "The file ends inside a list that begins on line 2", "close it with ]")]
    [InlineData("{\"a\": 1", 1, "$", "The file ends inside an object that begins on line 1", "close it with }")]
    [InlineData("{'a': 1}", 1, "$", "quotation marks are not valid in JSON", "Use double quotes")]
    [InlineData("{\"a\": \u201cb\u201d}", 1, "$", "quotation marks are not valid in JSON", "Use double quotes")]
    [InlineData("{a: 1}", 1, "$", "'a' is not valid here", "a name in double quotes")]
    [InlineData("{\"a\": True}", 1, "$", "True is not a valid value", "in lower case")]
    [InlineData("{\"a\": eu-west-1}", 1, "$", "eu-west-1 is not a valid value", "Write strings in double quotes")]
    [InlineData("{\"a\": 007}", 1, "$", "007 is not a valid number", "45 or 4.5")]
    [InlineData("{\"a\": .5}", 1, "$", ".5 is not a valid value", "double quotes")]
    [InlineData("{\"a\": 1.}", 1, "$", "1. is not a valid number", "45 or 4.5")]
    [InlineData("{\"a\": 90d}", 1, "$", "90d is not a valid number", "in double quotes")]
    [InlineData("{\"a\": \"b", 1, "$", "no closing quote", "Close it")]
    [InlineData("{\"a\": \"b\\", 1, "$", "no closing quote", "Close it")]
    [InlineData("{\"a\": \"b\n\"}", 1, "$", "no closing quote on its line", "line break in a string as \\n")]
    [InlineData("{\"a\": \"b\tc\"}", 1, "$", "control character (U+0009)", "a tab as \\t")]
    [InlineData("{\"a\": \"C:\\data\"}", 1, "$", "\\d is not a valid escape", "a backslash as \\\\")]
    [InlineData("{\"a\": \"\\u12\"}", 1, "$", "\\u is not a valid escape", "four hexadecimal digits")]
    [InlineData("{\"a\": \"\\ud800\"}", 1, "$", "half of a surrogate pair", "both")]
    [InlineData("{\"a\": \"\\udc00\\ud800\"}", 1, "$", "half of a surrogate pair", "both")]
    [InlineData("{,\"a\": 1}", 1, "$", "a comma with nothing before it", "Remove the comma.")]
    [InlineData("{} {}", 1, "$", "text after the end", "Remove it")]
    [InlineData("hello", 1, "$", "hello is not a valid value", "double quotes")]
    [InlineData("- control_id: 1.17", 1, "$", "- is not a valid number", "")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 1, "$[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]", "deeper than 32 levels", "Check the brackets.")]
    public void What_is_wrong_is_said_in_our_words_with_its_place(string text, int line, string path, string message, string fix)
    {
        var e = Assert.Throws<JsonSyntaxException>(() => LocatedJson.Parse(text));
        Assert.Equal((line, path), (e.Line, e.Path));
        Assert.Contains(message, e.Message);
        Assert.Contains(fix, e.Fix);
        // JsonDocument looks at surrogates only when a text is asked for.
        Assert.Equal(message.Contains("surrogate", StringComparison.Ordinal), Accepts(() => JsonDocument.Parse(text, Strict).Dispose()));
    }

    [Fact]
    public void A_value_knows_its_line_and_its_path()
    {
        var root = LocatedJson.Parse("{\"a\":\n[1, {\"b c\": \"\\u00e5\\n\\ud83d\\ude00\"}],\n\"a\": null}");
        Assert.Equal((3, "$.a", "null"), (root.Members[1].Value.Line, root.Members[1].Value.Path, root.Members[1].Value.ToString()));
        var inner = root.Members[0].Value.Items[1].Members[0].Value;
        Assert.Equal((2, "$.a[1]['b c']", "å\n\U0001F600"), (inner.Line, inner.Path, inner.Text));
    }

    [Fact]
    public void It_takes_what_JsonDocument_takes_and_nothing_else()
    {
        string[] tokens = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\\u0041\"", "1", "-0.5e+3", "01", "true", "null", " ", "\n", "x", "\""];
        Gen.Int[0, tokens.Length - 1].Array[0, 9].Select(picked => string.Concat(picked.Select(i => tokens[i]))).Sample(
            text =>
            {
                Assert.Equal(Accepts(() => JsonDocument.Parse(text, Strict).Dispose()), Accepts(() => LocatedJson.Parse(text)));
            },
            iter: 20000);
    }

    [Fact]
    public void It_reads_the_values_that_JsonDocument_reads()
    {
        var text = Gen.String[0, 20].Where(t => !t.Any(char.IsSurrogate));
        Gen.Select(text.Array[0, 4], Gen.Int.Array[0, 4], Gen.Double.Where(double.IsFinite)).Sample(
            (texts, numbers, fraction) =>
            {
                var json = JsonSerializer.Serialize(new { texts, numbers, fraction, flag = true });
                var read = LocatedJson.Parse(json);
                Assert.Equal(texts, read.Members[0].Value.Items.Select(i => i.Text));
                Assert.Equal(numbers.Select(n => (int?)n), read.Members[1].Value.Items.Select(i => i.Integer));
                Assert.Equal(true, read.Members[3].Value.Boolean);
            },
            iter: 500);
    }

    private static bool Accepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is JsonException or JsonSyntaxException)
        {
            return false;
        }
    }
}
