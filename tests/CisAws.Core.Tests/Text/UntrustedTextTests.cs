using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Testing;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

/// <summary>Text that the account's users write, such as a key's description, must not reach a terminal as it is.</summary>
public sealed class UntrustedTextTests
{
    private const string Evil = "\u001b[2JEVIL\u001b]0;pwn\u0007\r\nFAKE   Pass\u202e\u2028\u0085";

    // What users and services write freely; names are here too, since the ids in results are made of some of them.
    private static readonly string[] Free =
    [
        "name", "description", "serialNumber", "pattern", "metricName", "metricValue", "alarmRule", "latestDeliveryError", "latestCloudWatchLogsDeliveryError",
        "latestDigestDeliveryError", "lastErrorCode", "lastErrorMessage", "deliverLogsErrorMessage", "s3KeyPrefix", "targetPrefix", "groupName", "Name", "Owner",
    ];

    [Fact]
    public async Task No_text_of_a_result_is_unsafe_to_show()
    {
        var results = await AssessAsync(EvilAccount());
        var texts = results.SelectMany(TextsOf).ToList();
        Assert.All(texts, t => Assert.Equal(TerminalText.Escape(t), t));
        Assert.Contains(texts, t => t.Contains(@"\u001b[2JEVIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ids_stay_exact()
    {
        var results = await AssessAsync(EvilAccount());
        Assert.Contains(results.SelectMany(r => r.Findings), f => f.ResourceId.EndsWith(Evil, StringComparison.Ordinal));
        Assert.Contains(results.SelectMany(r => r.FailedResource), id => id.Contains(Evil, StringComparison.Ordinal));
    }

    private static IEnumerable<string> TextsOf(CisResult result) =>
    [
        result.Reason, result.ReasonCode, result.ToString(), result.FailedResource.ToString(), result.Findings.ToString(),
        .. result.Findings.SelectMany(f => (IEnumerable<string>)
        [
            f.Reason, f.ReasonCode, f.ToString(), f.Facts.ToString(), f.Warnings.ToString(), f.Tags?.ToString() ?? "",
            .. f.Facts.SelectMany(fact => new[] { fact.Name, fact.Value }), .. f.Warnings,
        ]),
    ];

    private static AccountEvidence EvilAccount()
    {
        var demo = DemoAccount.Load();
        var json = JsonNode.Parse(demo.ToJson())!;
        Spoil(json["evidence"]!);
        return AccountEvidence.FromJson(json.ToJsonString());
    }

    private static void Spoil(JsonNode node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList())
                {
                    if (value is JsonValue text && text.TryGetValue<string>(out var written))
                    {
                        // The default group goes by its name, and so do regions.
                        o[name] = Free.Contains(name) && written != "default" && !o.ContainsKey("optInStatus") ? written + Evil : written;
                    }
                    else if (value is not null)
                    {
                        Spoil(value);
                    }
                }

                break;
            case JsonArray a:
                a.Where(n => n is not null).ToList().ForEach(n => Spoil(n!));
                break;
        }
    }

    private static async Task<List<CisResult>> AssessAsync(AccountEvidence account)
    {
        var results = new List<CisResult>();
        await new Assessment(EveryRule.Controls, [], account.CollectedAt).RunAsync(account, results.Add, TestContext.Current.CancellationToken);
        return results;
    }
}
