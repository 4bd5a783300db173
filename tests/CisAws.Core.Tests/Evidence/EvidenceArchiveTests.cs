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
using CisAws.Text;
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

    /// <summary>Every byte of a small file: headers, names, times, compressed data, checksums, the directory and its end.</summary>
    [Fact]
    public void Each_changed_byte_is_found_or_changes_nothing()
    {
        var small = new AccountEvidence(Demo.Account, Demo.CollectedAt).Set(EvidenceKinds.AccountSummary, "", Demo.Get(EvidenceKinds.AccountSummary));
        var file = Bytes(small, _ => [1, 2, 3]);
        var expected = EvidenceArchive.Read(file);
        var refused = new bool[file.Length];
        for (var position = 0; position < file.Length; position++)
        {
            foreach (var change in new byte[] { 0x01, 0x80, 0xFF })
            {
                var damaged = (byte[])file.Clone();
                damaged[position] ^= change;
                if (Refused(damaged))
                {
                    refused[position] = true;
                    continue;
                }

                var read = EvidenceArchive.Read(damaged);
                Assert.Equal(small.ToJson(), read.Evidence.ToJson());
                Assert.Equal(expected.Manifest, read.Manifest);
            }
        }

        // Names, data and directory are most of a file; what has no meaning in it is the rest.
        Assert.InRange(refused.Count(r => r), file.Length / 2, file.Length - 1);
    }

    /// <summary>On a full disk, writing fails in the middle. The target stays as it was, and nothing is left beside it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_could_not_be_written_completely_is_not_kept(bool exists)
    {
        var folder = Directory.CreateTempSubdirectory("archive ");
        try
        {
            var path = Path.Combine(folder.FullName, "a.cisevidence");
            if (exists)
            {
                File.WriteAllText(path, "before");
            }

            foreach (var room in new[] { 0, 1, 100, 5_000, Bytes(Demo).Length - 1 })
            {
                Assert.Throws<IOException>(() => AtomicFile.Create(path, overwrite: true, stream => EvidenceArchive.Write(Demo, new FullDisk(stream, room), sign: null)));
                Assert.Equal(exists ? ["a.cisevidence"] : Array.Empty<string>(), folder.GetFiles().Select(f => f.Name));
                Assert.Equal(exists ? "before" : "", exists ? File.ReadAllText(path) : "");
            }

            AtomicFile.Create(path, overwrite: true, stream => EvidenceArchive.Write(Demo, stream, sign: null));
            Assert.Equal(Demo.ToJson(), AccountEvidence.Load(path).ToJson());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(path, FileMode.Open))
            {
                file.SetLength(1L << 30);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal("The file is larger than the maximum of 128 MiB.", Assert.Throws<InvalidDataException>(() => AccountEvidence.Load(path)).Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
        finally
        {
            File.Delete(path);
        }
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

    /// <summary>A stream that has room for some bytes, as a disk has.</summary>
    private sealed class FullDisk(Stream inner, int room) : Stream
    {
        private int _room = room;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            var written = Math.Min(count, _room);
            inner.Write(buffer, offset, written);
            _room -= written;
            if (written < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
