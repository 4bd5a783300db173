using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Evidence;
using CsvHelper;
using CsvHelper.Configuration;

namespace CisAws.Aws.Readers;

/// <summary>
/// The credential report. AWS makes it when asked, and keeps it for four hours. Where making one is refused, the stored one
/// does when it is at most a day old, and says so.
/// </summary>
internal static class CredentialReportReader
{
    private static readonly string Generate = EvidenceKinds.CredentialReport.Actions[1];

    // A small account's report is there in a moment, and the first result waits for it.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostBetween = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan OldestStored = TimeSpan.FromHours(24);

    public static async Task<CredentialReport> ReadAsync(EvidenceRequest request)
    {
        try
        {
            await GenerateAsync(request).ConfigureAwait(false);
        }
        catch (CallFailedException e)
        {
            return await StoredAsync(request, e).ConfigureAwait(false);
        }

        return await GetAsync(request, null).ConfigureAwait(false);
    }

    private static async Task GenerateAsync(EvidenceRequest request)
    {
        var waited = TimeSpan.Zero;
        for (var wait = FirstWait; ; wait = TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, MostBetween.Ticks)))
        {
            var response = await request.CallAsync(
                request.Session.Iam, (c, t) => c.GenerateCredentialReportAsync(new(), t), Generate).ConfigureAwait(false);
            if (response.State == "COMPLETE")
            {
                return;
            }

            if (waited + wait > LongestWait)
            {
                throw new CallFailedException(new ReadFailure(
                    Generate, "", "ReportInProgress", ReadFailureKind.ServiceError, $"The report was not finished in {LongestWait.TotalSeconds:0} seconds."));
            }

            await request.Session.Clock.WaitAsync(wait, request.CancellationToken).ConfigureAwait(false);
            waited += wait;
        }
    }

    private static async Task<CredentialReport> StoredAsync(EvidenceRequest request, CallFailedException refusal)
    {
        CredentialReport stored;
        try
        {
            stored = await GetAsync(request, refusal.ErrorCode).ConfigureAwait(false);
        }
        catch (CallFailedException e) when (e.ErrorCode is "ReportNotPresent" or "ReportExpired" or "ReportInProgress")
        {
            throw new CallFailedException(refusal.Why with { Message = $"{refusal.Why.Message} There is no stored report either ({e.ErrorCode})." }, e);
        }

        var age = request.Session.Clock.Now() - stored.GeneratedTime;
        return age <= OldestStored
            ? stored
            : throw new CallFailedException(
                refusal.Why with { Message = FormattableString.Invariant($"{refusal.Why.Message} The stored report is {age.TotalHours:0} hours old.") }, refusal);
    }

    private static async Task<CredentialReport> GetAsync(EvidenceRequest request, string? generationError)
    {
        var response = await request.CallAsync(request.Session.Iam, (c, t) => c.GetCredentialReportAsync(new(), t)).ConfigureAwait(false);
        var rows = Rows(response.Content.Required("Content"));
        return rows.Count == 0
            ? throw new InvalidDataException("The report is empty.")
            : new CredentialReport(response.GeneratedTime.Required("GeneratedTime").Utc(), rows[0], rows.GetRange(1, rows.Count - 1), generationError);
    }

    /// <summary>Every row as it stands, with as many cells as it has: which of them matter is for the rules to say.</summary>
    private static List<IReadOnlyList<string>> Rows(Stream content)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, DetectColumnCountChanges = false });
        var rows = new List<IReadOnlyList<string>>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }

        return rows;
    }
}
