using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CisAws.Evidence;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Evidence;

public sealed class EvidenceArchiveTests
{
    private static readonly AccountEvidence Demo = DemoAccount.Load(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void What_is_written_is_read_again_with_its_hash() => AccountGenerator.Any.Sample(
        account =>
        {
            var read = EvidenceArchive.Read(Bytes(account));
            Assert.Equal(account.ToJson(), read.Evidence.ToJson());
            Assert.Equal(Sha256(Encoding.UTF8.GetBytes(account.ToJson())), read.Sha256);
            Assert.Equal(EvidenceArchive.HashOf(account), read.Sha256);
            Assert.Null(read.Signature);
        },
        iter: 50);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("")]
    public void Parts_have_the_same_bytes_in_every_culture(string culture)
    {
        var expected = Parts(Bytes(Demo));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var file = Bytes(Demo);
            Assert.Equal(expected, Parts(file));
            Assert.Equal(Demo.ToJson(), EvidenceArchive.Read(file).Evidence.ToJson());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void JSON_alone_is_read_too()
    {
        var json = Encoding.UTF8.GetBytes(Demo.ToJson());
        Assert.Equal(Demo.ToJson(), EvidenceArchive.Read(json).Evidence.ToJson());
        Assert.Equal(Demo.ToJson(), EvidenceArchive.Read([.. Encoding.UTF8.GetPreamble(), .. json]).Evidence.ToJson());
    }

    /// <summary>Some bytes of a ZIP archive mean nothing, such as the time of an entry. A change of any other is found.</summary>
    [Fact]
    public void A_changed_byte_is_found_or_changes_nothing()
    {
        var file = Bytes(Demo, _ => [1, 2, 3]);
        var found = 0;
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Int[1, 255]).Sample(
            (position, change) =>
            {
                var damaged = (byte[])file.Clone();
                damaged[position] ^= (byte)change;
                if (Refused(damaged))
                {
                    found++;
                    return;
                }

                var read = EvidenceArchive.Read(damaged);
                Assert.Equal(Demo.ToJson(), read.Evidence.ToJson());
                // Whether a signature is one of the manifest is for its check to say.
                Assert.Equal(EvidenceArchive.Read(file).Manifest, read.Manifest);
            },
            iter: LongTests.Iterations(300, 5_000), threads: 1);
        Assert.NotEqual(0, found);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var file = Bytes(Demo);
        Gen.Int[0, file.Length - 1].Sample(length => Assert.True(Refused(file[..length])), iter: 100);
    }

    public static TheoryData<string, (string, string)[]> Wrong => new()
    {
        { "The archive does not contain the part manifest.json.", [("evidence.json", "{}")] },
        { "The archive does not contain the part evidence.json.", [("manifest.json", "{}")] },
        { "The archive contains the unknown part '../../evidence.json'.", [("../../evidence.json", "{}")] },
        { "The archive contains the unknown part '/etc/passwd'.", [("manifest.json", "{}"), ("/etc/passwd", "")] },
        { "The archive contains the unknown part 'a\\u001bb'.", [("a\u001bb", "")] },
        { "The archive contains the part evidence.json twice.", [("evidence.json", "{}"), ("evidence.json", "{}")] },
        { "The part manifest.json is larger than the maximum of 64 KiB.", [("manifest.json", new string(' ', 40_000_000)), ("evidence.json", "{}")] },
        { "The part manifest.json is not valid JSON.", [("manifest.json", "{"), ("evidence.json", "{}")] },
        {
            "The part manifest.json has the schema 'cisaws-archive/2'; this version of CisAws reads cisaws-archive/1. Update CisAws, or check where the file comes from.",
            [("manifest.json", """{"schema":"cisaws-archive/2"}"""), ("evidence.json", "{}")]
        },
        {
            "The part evidence.json does not match manifest.json: one of them was changed after the file was written. The SHA-256 of evidence.json is " +
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.",
            [("manifest.json", """{"schema":"cisaws-archive/1","parts":[]}"""), ("evidence.json", "{}")]
        },
        {
            "The evidence file is not valid: $.schema is missing; this version of CisAws reads \"cisaws-evidence/1\" and its minor versions.",
            [("manifest.json", $$"""{"schema":"cisaws-archive/1","parts":[{"name":"evidence.json","length":2,"sha256":"{{Sha256("{}"u8)}}"}]}"""), ("evidence.json", "{}")]
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said(string message, (string, string)[] parts) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => EvidenceArchive.Read(Zip(parts))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    public void Something_else_is_no_archive(string content) => Assert.Equal(
        "The file is not a complete ZIP archive: it is damaged, truncated, or something else.",
        Assert.Throws<InvalidDataException>(() => EvidenceArchive.Read(Encoding.UTF8.GetBytes(content))).Message);

    /// <summary>The evidence of one file under the manifest of another one.</summary>
    [Fact]
    public void An_exchanged_part_is_found()
    {
        var (mine, other) = (Parts(Bytes(Demo)), Parts(Bytes(DemoAccount.Load(Demo.CollectedAt.AddDays(1)))));
        Assert.Contains(
            "does not match manifest.json", Assert.Throws<InvalidDataException>(() => EvidenceArchive.Read(Zip([mine[0], other[1]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contacts_are_masked_so_that_rules_decide_the_same()
    {
        var account = new AccountEvidence(Demo.Account, Demo.CollectedAt)
            .Set(EvidenceKinds.ContactInformation, "", new ContactInformation("Elin Sandberg", "Norrvik", "+46 8 123 456 78", "Storgatan 1", "Umea", "SE", null))
            .Set(EvidenceKinds.SecurityContact, "", new AlternateContact("J. Ek", "CISO", "j.ek@norrvik.example", "12"));
        var masked = ContactMask.Apply(account);
        Assert.Equal(
            new ContactInformation("***", "***", "***78", "***", "***", "SE", null), masked.Get(EvidenceKinds.ContactInformation).Match(c => c, _ => null));
        Assert.Equal(new AlternateContact("***", "***", "***@norrvik.example", "***"), masked.Get(EvidenceKinds.SecurityContact).Match(c => c, _ => null));
        Assert.Equal(masked.ToJson(), ContactMask.Apply(masked).ToJson());
        Assert.Equal(ContactMask.Phone("+46 8 123 456 78"), ContactMask.Phone("***78"));
    }

    private static bool Refused(byte[] file)
    {
        try
        {
            EvidenceArchive.Read(file);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static byte[] Bytes(AccountEvidence evidence, Func<byte[], byte[]>? sign = null)
    {
        using var stream = new MemoryStream();
        EvidenceArchive.Write(evidence, stream, sign);
        return stream.ToArray();
    }

    private static List<(string Name, string Text)> Parts(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        return archive.Entries.Select(e => (e.FullName, new StreamReader(e.Open()).ReadToEnd())).ToList();
    }

    private static byte[] Zip(IEnumerable<(string Name, string Text)> parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
