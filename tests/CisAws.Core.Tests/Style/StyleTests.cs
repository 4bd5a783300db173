using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CisAws.Core.Tests.Style;

/// <summary>
/// The texts that users read are plain technical English: none has a word that <c>words.txt</c> replaces. Texts are the string literals of the
/// sources, their documentation comments, and the JSON files, help topics, pages and examples as a whole.
/// </summary>
public sealed class StyleTests
{
    internal static readonly string Root = FindRoot();

    internal static readonly IReadOnlyList<StyleWord> Words = StyleWords.Read(Path.Combine(Root, "tests/CisAws.Core.Tests/Style/words.txt"));

    [Fact]
    public void No_text_has_a_word_that_the_table_replaces()
    {
        var found = Files().SelectMany(Find).ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Theory]
    [InlineData("A key was made on 1 March.", "made")]
    [InlineData("'x' stands\nhere twice.", "stands\nhere twice|stands\nhere")]
    [InlineData("It is no ARN.", "is no")]
    [InlineData("The password policy is in order.", "is in order")]
    [InlineData("A multi-region trail", "multi-region")]
    [InlineData("Nobody is told.", "Nobody|told")]
    public void Words_are_found(string text, string words) =>
        Assert.Equal(words.Split('|').Order(), Words.SelectMany(w => w.In("x.md", text)).Select(m => m.Value).Order());

    [Theory]
    [InlineData("There is no such region, and the key is no longer used.")]
    [InlineData("A made-up account, which is in order of age; that stands for others.")]
    [InlineData("The rule trails-multi-region needs --is-multi-region-trail; AWS recommends a multi-Region trail.")]
    public void Ordinary_English_is_not_found(string text) => Assert.Empty(Words.SelectMany(w => w.In("x.md", text)));

    [Fact]
    public void Texts_of_code_are_its_literals_and_comments()
    {
        const string Code = """"
            /// <summary>Two
            /// lines.</summary>
            var a = "one \"quoted\"\n" +
                $"and {(b ? "b" : $"{c:HH':'mm}")} {{more}}"; // not this
            char q = '"', r = '\''; /* nor "this" */
            Call(@"a ""b"" \", $@"{x["k"]} y", $$"""raw "text" {{z}} {w}""", "", "end");
            """";
        Assert.Equal(
            [
                (1, " <summary>Two\n lines.</summary>"), (3, "one \"quoted\" \nand {} {more}"), (4, "b"), (4, "{}"), (6, "a \"b\" \\"),
                (6, "{} y"), (6, "k"), (6, "raw \"text\" {} {w}"), (6, "end"),
            ],
            CSharpTexts.Read(Code).Select(t => (t.Line, t.Text)));
    }

    private static IEnumerable<string> Find(string file)
    {
        var content = File.ReadAllText(Path.Combine(Root, file));
        var texts = file.EndsWith(".cs", StringComparison.Ordinal)
            ? CSharpTexts.Read(content)
            : [new SourceText(1, content)];
        return from text in texts
               from word in Words
               from match in word.In(file, text.Text)
               select $"{file}:{text.Line + text.Text.AsSpan(0, match.Index).Count('\n')}: '{match.Value}': write {word.Instead}";
    }

    private static IEnumerable<string> Files() => new[] { "*.md", "*.psd1" }.SelectMany(p => Directory.EnumerateFiles(Root, p))
        .Concat(new[] { "src", "module", "examples", "docs" }.Select(f => Path.Combine(Root, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)))
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => Path.GetExtension(f) is ".cs" or ".json" or ".md" or ".txt" or ".ps1" or ".psm1" or ".psd1" or ".ps1xml" or ".nuspec" or ".yml" or ".yaml" or ".tsx")
        .Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "node_modules" or "packages.lock.json" or "demo" or "THIRD-PARTY-NOTICES.txt"))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
