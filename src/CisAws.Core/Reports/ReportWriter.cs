using System.Collections.Generic;
using System.IO;
using System.Text;

namespace CisAws.Reports;

/// <summary>Writes reports in one format. It has no state: one serves all reports. It writes as it goes, so that a large report takes little memory.</summary>
internal abstract class ReportWriter
{
    /// <summary>What the names of its files end with, such as .csv; the usual one first.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a report is text, in UTF-8.</summary>
    public virtual bool IsText => true;

    /// <summary>Writes a report.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="stream">Takes it; stays open.</param>
    public abstract void Write(ReportContent content, Stream stream);

    /// <summary>The text of a report, without a byte order mark.</summary>
    public string ToText(ReportContent content)
    {
        using var stream = new MemoryStream();
        Write(content, stream);
        stream.Position = 0;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>Writes reports in a format of text.</summary>
internal abstract class TextReportWriter : ReportWriter
{
    // Half of a surrogate pair has no bytes in UTF-8, and becomes U+FFFD.
    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly UTF8Encoding Marked = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Whether files begin with a byte order mark, for programs that otherwise read them in another encoding.</summary>
    protected virtual bool HasByteOrderMark => false;

    /// <inheritdoc/>
    public sealed override void Write(ReportContent content, Stream stream)
    {
        using var writer = new StreamWriter(stream, HasByteOrderMark ? Marked : Plain, bufferSize: 64 * 1024, leaveOpen: true);
        Write(content, writer);
    }

    /// <summary>Writes a report.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="writer">Takes it.</param>
    protected abstract void Write(ReportContent content, TextWriter writer);
}
