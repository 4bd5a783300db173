using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CisAws.PowerShell.Views;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Shell;
using CsCheck;

namespace CisAws.PowerShell.Tests.Views;

public sealed class FormatTests
{
    [Theory]
    [InlineData(CisStatus.Pass, null, "\u001b[32mPass\u001b[0m")]
    [InlineData(CisStatus.Pass, true, "\u001b[32mPass (attested)\u001b[0m")]
    [InlineData(CisStatus.Fail, false, "\u001b[91mFail\u001b[0m")]
    [InlineData("Fail", false, "\u001b[91mFail\u001b[0m")]
    [InlineData(CisStatus.Unknown, null, "\u001b[33mUnknown\u001b[0m")]
    [InlineData(CisStatus.Manual, null, "\u001b[36mManual\u001b[0m")]
    [InlineData(CisStatus.Exempt, null, "\u001b[35mExempt\u001b[0m")]
    [InlineData(CisStatus.NotApplicable, null, "\u001b[2mNotApplicable\u001b[0m")]
    [InlineData("Later", null, "\u001b[2mLater\u001b[0m")]
    [InlineData(null, null, "\u001b[2m\u001b[0m")]
    public void A_status_has_its_colour_where_the_host_shows_colours(object? status, object? attested, string expected)
    {
        Assert.Equal(expected, Format.Status(status, attested, Host(colour: true)));
        var plain = Regex.Replace(expected, "\u001b\\[[0-9]+m", "");
        Assert.Equal(plain, Format.Status(status, attested, Host(colour: false)));
        Assert.Equal(plain, Format.Status(status, attested, null));
    }

    [Fact]
    public void An_attestation_marks_a_status() => Assert.Equal("Pass (attested)", Format.Status(CisStatus.Pass, new CisAttestation(), null));

    [Fact]
    public void Lines_are_the_texts_without_control_characters() =>
        Assert.Equal($"a{Environment.NewLine}\\u001b[2Jb{Environment.NewLine}1", Format.Lines(new object[] { "a", "\u001b[2Jb", 1 }, null, 0));

    [Fact]
    public void What_is_missing_is_empty() => Assert.Equal(("", "", ""), (Format.Escape(null), Format.Lines(null, null, 0), Format.Day(null)));

    [Theory]
    [InlineData(CisStatus.Pass, "\u001b[2mx\u001b[0m")]
    [InlineData("NotApplicable", "\u001b[2mx\u001b[0m")]
    [InlineData(CisStatus.Fail, "x")]
    [InlineData(CisStatus.Unknown, "x")]
    [InlineData(null, "x")]
    public void What_needs_no_attention_is_dim_where_the_host_shows_colours(object? status, string expected)
    {
        Assert.Equal(expected, Format.Cell("x", status, Host(colour: true)));
        Assert.Equal("x", Format.Cell("x", status, Host(colour: false)));
    }

    [Theory]
    [InlineData("", "is open", "is open")]
    [InlineData(null, "is open", "is open")]
    [InlineData("eu-west-1", "is open", "eu-west-1: is open")]
    [InlineData("eu-west-1", "is open in eu-west-1", "is open in eu-west-1")]
    public void A_reason_has_its_region(string? region, string reason, string expected) =>
        Assert.Equal(expected, Format.Reason(region, reason, CisStatus.Fail, null));

    /// <summary>Lines end between words; only a word that is wider than the column is longer.</summary>
    [Fact]
    public void Text_is_wrapped_between_words() => Gen.Select(Gen.Int[0, 4].Select(i => new[] { "a", "policy", "arn:aws:iam::111122223333:role/Auditor", "CloudTrail", "b\nc" }[i]).List[0, 60], Gen.Int[0, 75])
        .Sample((words, used) =>
        {
            var text = string.Join(' ', words);
            var lines = Format.Wrap(text, Host(colour: false), used).Split(Environment.NewLine);
            Assert.Equal(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), lines.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            Assert.All(lines, l => Assert.True(l.Length <= Math.Max(79 - used, 20) || !l.Contains(' '), l));
        });

    [Fact]
    public void A_host_without_a_screen_gets_whole_lines() =>
        Assert.Equal(string.Join(' ', Enumerable.Repeat("word", 100)), Format.Wrap(string.Join(' ', Enumerable.Repeat("word", 100)), null, 0));

    [Fact]
    public void A_day_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("th-TH");
            Assert.Equal("2027-03-31", Format.Day(new DateTime(2027, 3, 31, 12, 0, 0, DateTimeKind.Utc)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("$p", "1.3", "MaxUnusedCredentialDays = 45 (program x; default 90)")]
    [InlineData("'cis-aws-1.2.0'", "1.3", "MaxUnusedCredentialDays = 90 (default)")]
    [InlineData("'cis-aws-1.2.0'", "2.1", "AllowedExcludedEventSources = (none) (default)")]
    public void A_setting_in_force_shows_its_source_and_the_default_where_it_differs(string program, string control, string expected)
    {
        using var session = new ModuleSession();
        var folder = Directory.CreateTempSubdirectory("programs ").FullName;
        try
        {
            var settings = session.Objects(
                $"$p = New-CisProgram x -ProgramPath $folder -Setting @{{ '1.3' = @{{ MaxUnusedCredentialDays = 45 }} }}; (Get-CisControl '{control}' -Program {program}).Settings",
                ("folder", folder));
            Assert.Contains(expected, settings.Select(s => Format.Setting((CisSetting)s.BaseObject)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A view shows an empty column for a property that does not exist, and says nothing.</summary>
    [Fact]
    public void Views_and_types_name_properties_that_exist()
    {
        // A view of several types can have a property of one of them.
        var views =
            from view in Xml("CisAws.Format.ps1xml").Descendants("View")
            from name in view.Descendants("PropertyName").Select(p => p.Value)
                .Concat(view.Descendants("ScriptBlock").SelectMany(s => PropertiesOf(s.Value)))
            select (Types: view.Element("ViewSelectedBy")!.Elements("TypeName").Select(t => t.Value.Split('#')[0]).ToArray(), Name: (string?)name);
        var types =
            from type in Xml("CisAws.Types.ps1xml").Descendants("Type")
            from name in type.Descendants("ReferencedProperties").Elements("Name").Select(n => n.Value).DefaultIfEmpty()
            select (Types: new[] { type.Element("Name")!.Value }, Name: name);
        Assert.DoesNotContain(views.Concat(types), n => !n.Types.Any(t => Exists(t, n.Name)) || !n.Types.All(t => Exists(t, null)));
    }

    /// <summary>The properties of the object itself; inside of ForEach-Object and Where-Object, $_ is another.</summary>
    private static string[] PropertiesOf(string script) =>
        [.. Regex.Matches(Regex.Replace(script, @"(ForEach|Where)-Object \{.*?\}", ""), @"\$_\.(\w+)").Select(m => m.Groups[1].Value)];

    private static bool Exists(string type, string? property) =>
        (typeof(CisResult).Assembly.GetType(type) ?? typeof(Format).Assembly.GetType(type)) is { } found && (property is null || found.GetProperty(property) is not null);

    private static XDocument Xml(string file) => XDocument.Load(Path.Combine(ModuleLocation.Find(), file));

    private static ScreenHost Host(bool colour) => new(TextWriter.Null, 80, colour);
}
