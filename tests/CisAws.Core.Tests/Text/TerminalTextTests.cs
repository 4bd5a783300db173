using System.Linq;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Text;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain, åäö, 日本語, 🔑 and \\n as two characters", "plain, åäö, 日本語, 🔑 and \\n as two characters")]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", @"\u001b[2J\u001b]0;owned\u0007")]
    [InlineData("a\r\nFAKE   Pass\tb", @"a\r\nFAKE   Pass\tb")]
    [InlineData("\u0000\u007f\u0080\u009b31m\u009f", @"\u0000\u007f\u0080\u009b31m\u009f")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\u061c\u200e\u200f\u202a\u202e\u2066\u2069", @"\u061c\u200e\u200f\u202a\u202e\u2066\u2069")]
    public void What_could_move_the_cursor_or_forge_a_row_is_shown_as_an_escape(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Escape(text));

    [Fact]
    public void Unpaired_surrogates_are_shown_as_escapes()
    {
        // Not InlineData: a test runner reports its arguments in UTF-8, which has no unpaired surrogate.
        Assert.Equal(@"a\ud800b", TerminalText.Escape("a\ud800b"));
        Assert.Equal(@"\udc00", TerminalText.Escape("\udc00"));
        Assert.Equal("\ud83d\udd11" + @"\ud83d", TerminalText.Escape("\ud83d\udd11\ud83d"));
    }

    [Fact]
    public void Nothing_is_an_empty_text() => Assert.Equal("", TerminalText.Escape(null));

    [Theory]
    [InlineData("one\r\ntwo\nthree", "one\r\ntwo\nthree")]
    [InlineData("one\rtwo\u001b[2J", @"one\rtwo\u001b[2J")]
    [InlineData("ends\r", @"ends\r")]
    public void Messages_of_several_lines_keep_them(string text, string shown) => Assert.Equal(shown, TerminalText.EscapeLines(text));

    [Fact]
    public void Escaping_twice_changes_nothing_and_safe_text_is_not_copied() => Gen.Char.Array.Select(c => new string(c)).Sample(text =>
    {
        var escaped = TerminalText.Escape(text);
        Assert.Same(escaped, TerminalText.Escape(escaped));
        Assert.DoesNotContain(escaped, char.IsControl);
        return true;
    });
}
