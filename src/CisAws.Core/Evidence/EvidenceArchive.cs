using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>
/// The file in which evidence is kept and handed over, <c>*.cisevidence</c>: a ZIP archive of
/// <code>
/// manifest.json   {"schema":"cisaws-archive/1","parts":[{"name":"evidence.json","length":48213,"sha256":"9f86d0..."}]}
/// evidence.json   the evidence of one account, see <see cref="EvidenceFile"/>
/// signature.p7s   optional: a detached CMS signature of the bytes of manifest.json
/// </code>
/// The bytes of the parts are the same on every platform; how they are compressed is not. Reading trusts nothing in the archive: only these names
/// are read, no more bytes than the manifest and the limits allow, and nothing is extracted to disk.
/// </summary>
internal sealed class EvidenceArchive
{
    /// <summary>The extension of the file.</summary>
    public const string Extension = ".cisevidence";

    /// <summary>The value of <c>schema</c> in the manifest.</summary>
    public const string Schema = "cisaws-archive/1";

    /// <summary>The size above which a file is not read, in bytes: many times what the largest account takes.</summary>
    public const int MaximumFile = 128 << 20;

    private const string ManifestPart = "manifest.json";
    private const string EvidencePart = "evidence.json";
    private const string SignaturePart = "signature.p7s";

    // What a part may hold, in bytes. Compressed JSON is a tenth of its size, and a bomb a thousandth.
    private const int MaximumEvidence = 768 << 20;
    private const int MaximumManifest = 64 << 10;
    private const int MaximumSignature = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // ZIP has local times without a zone; the time of collection is in the evidence.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private EvidenceArchive(AccountEvidence evidence, string sha256, byte[]? manifest, byte[]? signature)
    {
        Evidence = evidence;
        Sha256 = sha256;
        Manifest = manifest;
        Signature = signature;
    }

    /// <summary>The evidence.</summary>
    public AccountEvidence Evidence { get; }

    /// <summary>The SHA-256 of the evidence's canonical JSON, in lowercase hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>The bytes that a signature signs; null where the file was JSON alone.</summary>
    public byte[]? Manifest { get; }

    /// <summary>The signature; null for none.</summary>
    public byte[]? Signature { get; }

    /// <summary>Writes an archive.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="sign">Signs the bytes of the manifest; null for no signature.</param>
    public static void Write(AccountEvidence evidence, Stream stream, Func<byte[], byte[]>? sign)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        // The text of a large account is never in memory as a whole: its hash is known when it is written.
        using var part = new HashedStream(Create(archive, EvidencePart));
        EvidenceFile.Write(evidence, part);
        var (length, hash) = part.Complete();
        var manifest = ManifestOf(length, hash);
        Add(archive, ManifestPart, manifest);
        if (sign is not null)
        {
            Add(archive, SignaturePart, sign(manifest));
        }
    }

    /// <summary>Reads an archive, or the JSON of evidence by itself.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">It is neither; the message names the part and the place.</exception>
    public static EvidenceArchive Read(byte[] file)
    {
        if (file.Length > 0 && file[0] is (byte)'{' or 0xEF or (byte)' ' or (byte)'\r' or (byte)'\n')
        {
            return new EvidenceArchive(ReadEvidence(file), Hash(file), null, null);
        }

        var parts = PartsOf(file);
        var manifest = parts.TryGetValue(ManifestPart, out var found) ? found : throw Missing(ManifestPart);
        parts.TryGetValue(SignaturePart, out var signature);
        var json = parts.TryGetValue(EvidencePart, out found) ? found : throw Missing(EvidencePart);
        var hash = Check(manifest, json);
        return new EvidenceArchive(ReadEvidence(json), hash, manifest, signature);
    }

    /// <summary>The SHA-256 of the evidence as it would be written.</summary>
    public static string HashOf(AccountEvidence evidence)
    {
        using var text = new HashedStream(Stream.Null);
        EvidenceFile.Write(evidence, text);
        return text.Complete().Hash;
    }

    private static Dictionary<string, byte[]> PartsOf(byte[] file)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                var maximum = entry.FullName switch
                {
                    ManifestPart => MaximumManifest,
                    EvidencePart => MaximumEvidence,
                    SignaturePart => MaximumSignature,
                    var other => throw new PartException($"The archive contains the unknown part '{TerminalText.Escape(other)}'."),
                };
                if (parts.ContainsKey(entry.FullName))
                {
                    throw new PartException($"The archive contains the part {entry.FullName} twice.");
                }

                parts[entry.FullName] = Read(entry, maximum);
            }

            return parts;
        }
        catch (PartException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What .NET throws for a damaged archive depends on the damage and on the platform.
            throw new InvalidDataException("The file is not a complete ZIP archive: it is damaged, truncated, or something else.", e);
        }
    }

    /// <summary>Reads a part. The length that the archive states is not trusted.</summary>
    private static byte[] Read(ZipArchiveEntry entry, int maximum)
    {
        // A buffer that grows would be in memory twice. The archive may lie about the length: it only says where to begin.
        using var content = new MemoryStream((int)Math.Max(0, Math.Min(entry.Length, maximum)));
        using var stream = entry.Open();
        var block = new byte[64 * 1024];
        int count;
        while ((count = stream.Read(block, 0, block.Length)) > 0)
        {
            if (content.Length + count > maximum)
            {
                throw new PartException(FormattableString.Invariant($"The part {entry.FullName} is larger than the maximum of {maximum >> 10} KiB."));
            }

            content.Write(block, 0, count);
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    /// <summary>Checks the evidence against the manifest, and returns its hash.</summary>
    private static string Check(byte[] manifest, byte[] json)
    {
        var hash = Hash(json);
        var expected = ManifestOf(json.Length, hash);
        if (manifest.AsSpan().SequenceEqual(expected))
        {
            return hash;
        }

        // Why not, in words.
        JsonObject? stated;
        try
        {
            stated = JsonNode.Parse(manifest) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"The part {ManifestPart} is not valid JSON.", e);
        }

        var schema = (stated?["schema"] as JsonValue)?.TryGetValue<string>(out var text) == true ? text : null;
        throw new InvalidDataException(
            schema is not null && schema != Schema
                ? $"The part {ManifestPart} has the schema '{TerminalText.Escape(schema)}'; this version of CisAws reads {Schema}. Update CisAws, or check where the file comes from."
                : $"The part {EvidencePart} does not match {ManifestPart}: one of them was changed after the file was written. The SHA-256 of {EvidencePart} is {hash}.");
    }

    private static byte[] ManifestOf(long length, string hash)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteStartArray("parts");
            writer.WriteStartObject();
            writer.WriteString("name", EvidencePart);
            writer.WriteNumber("length", length);
            writer.WriteString("sha256", hash);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static AccountEvidence ReadEvidence(byte[] json)
    {
        try
        {
            Utf8.GetCharCount(json);
            return EvidenceFile.Read(json is [0xEF, 0xBB, 0xBF, ..] ? json.AsMemory(3) : json, asOf: null);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"The part {EvidencePart} is not UTF-8 text.", e);
        }
    }

    private static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var stream = Create(archive, name);
        stream.Write(content, 0, content.Length);
    }

    private static string Hash(byte[] content)
    {
        using var text = new HashedStream(Stream.Null);
        text.Write(content, 0, content.Length);
        return text.Complete().Hash;
    }

    private static InvalidDataException Missing(string part) => new($"The archive does not contain the part {part}.");

    private sealed class PartException(string message) : Exception(message);

    /// <summary>Writes to a stream, and hashes what is written on the way.</summary>
    private sealed class HashedStream(Stream to) : Stream
    {
        // Mono has no IncrementalHash.
        private readonly SHA256 _hash = SHA256.Create();
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        /// <summary>Ends the stream, and returns how many bytes were written, and their SHA-256 in lowercase hexadecimal digits.</summary>
        public (long Length, string Hash) Complete()
        {
            to.Dispose();
            _hash.TransformFinalBlock([], 0, 0);
            return (_length, string.Concat(_hash.Hash!.Select(b => b.ToString("x2", CultureInfo.InvariantCulture))));
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            to.Write(buffer, offset, count);
            _hash.TransformBlock(buffer, offset, count, null, 0);
            _length += count;
        }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                to.Dispose();
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
