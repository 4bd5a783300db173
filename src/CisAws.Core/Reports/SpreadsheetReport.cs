using System;
using System.Collections.Generic;
using System.IO;

namespace CisAws.Reports;

/// <summary>Writes reports as workbooks.</summary>
/// <param name="extensions">What the names of its files end with.</param>
/// <param name="sheets">The sheets of a report.</param>
/// <param name="library">Loads what writes them.</param>
internal sealed class SpreadsheetReport(
    IReadOnlyList<string> extensions, Func<ReportContent, IReadOnlyList<SpreadsheetSheet>> sheets, Func<ISpreadsheetLibrary> library) : ReportWriter
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => extensions;

    /// <inheritdoc/>
    public override bool IsText => false;

    /// <inheritdoc/>
    public override void Write(ReportContent content, Stream stream) => library().Write(sheets(content), stream);
}
