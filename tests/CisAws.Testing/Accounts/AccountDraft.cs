using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>An account that is being drawn: what its parts need to know of each other.</summary>
internal sealed class AccountDraft
{
    public const string ManagementAccountId = "444455556666";

    public static readonly DateTimeOffset CollectedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // IAM names allow all of these, and nothing outside ASCII.
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string IamName = Letters + "_+=,.@-";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private int _ids;

    public AccountDraft(Draw draw)
    {
        Draw = draw;
        Partition = draw.Chance(85) ? "aws" : "aws-cn";
        Account = new AccountIdentity("111122223333", Partition, $"arn:{Partition}:sts::111122223333:assumed-role/Auditor/run");
        Evidence = new AccountEvidence(Account, CollectedAt);
        Regions = DrawRegions();
    }

    public Draw Draw { get; }

    public string Partition { get; }

    public AccountIdentity Account { get; }

    public string AccountId => Account.AccountId;

    public AccountEvidence Evidence { get; }

    /// <summary>The enabled regions.</summary>
    public IReadOnlyList<string> Regions { get; }

    public string Region() => Draw.OneOf(Regions);

    public string ArnOf(string service, string region, string resource, string? accountId = null) =>
        $"arn:{Partition}:{service}:{region}:{accountId ?? AccountId}:{resource}";

    public string IamArn(string resource) => ArnOf("iam", "", resource);

    public string AwsPolicyArn(string name) => $"arn:{Partition}:iam::aws:policy/{name}";

    /// <summary>An id as EC2 makes them.</summary>
    public string Id(string prefix) => $"{prefix}-{Hex(17)}";

    public string Uuid() => new Guid(++_ids, 0x1234, 0x4abc, 0x80, 0, 0, 0, 0, 0, 0, (byte)Draw.Int(0, 255)).ToString();

    /// <summary>A name that IAM allows; IAM takes names that differ only in case for the same.</summary>
    public string NewIamName() => New(() => Draw.Text(IamName, 1, 24));

    /// <summary>The path of an IAM entity: any printable ASCII between slashes.</summary>
    public string IamPath() => Draw.OneOf("/", "/", "/team-a's/", "/service-role/", "/a/b!~$&()%25/");

    /// <summary>Lower-case letters, digits, dots and hyphens, as bucket names have.</summary>
    public string NewBucketName() => New(() => $"b{Draw.Text("abcdefghijklmnopqrstuvwxyz0123456789-", 2, 20)}{(Draw.Chance(20) ? ".logs" : "0")}");

    public string NewName(string more = "-_") => New(() => $"{Draw.OneOf("a", "B", "7")}{Draw.Text(Letters + more, 2, 20)}");

    /// <summary>Free text as descriptions allow it.</summary>
    public string Words() => Draw.OneOf("web tier", "opened for a test", "R&D <lab>", "Tor zur Werkstatt: Süd", "a \"quoted\" word", "100% of 5 + 4 = 9", "naïve 東京", "x");

    /// <summary>Tags, as what comes from AWS always has them, be they none. Case counts in keys, and a value may be empty.</summary>
    public IReadOnlyDictionary<string, string> Tags() => Draw
        .Some(["Name", "name", "Owner", "aws:cloudformation:stack-name", "cost centre/Süd & <co>", "a=b; c+d"], 25)
        .ToDictionary(k => k, _ => Draw.OneOf("", "web", "team-a@example.org", "2026-03-31", Words()), StringComparer.Ordinal);

    /// <summary>A time in the past, in whole seconds.</summary>
    public DateTimeOffset Time(int maxDays = 1500) => CollectedAt.AddSeconds(-Draw.Int(0, maxDays * 24) * 3600 - Draw.Int(0, 3599));

    public string TimeText(int maxDays = 1500) =>
        Time(maxDays).UtcDateTime.ToString(Draw.OneOf("yyyy-MM-dd'T'HH:mm:ss'+00:00'", "yyyy-MM-dd'T'HH:mm:ss'Z'"), CultureInfo.InvariantCulture);

    private string Hex(int length) => $"{++_ids:x4}{Draw.Text("0123456789abcdef", length - 4, length - 4)}";

    private string New(Func<string> draw)
    {
        var name = draw();
        while (!_taken.Add(name))
        {
            name += Draw.OneOf("0", "1", "x");
        }

        return name;
    }

    private List<string> DrawRegions()
    {
        string[] always = Partition == "aws" ? ["us-east-1", "eu-west-1", "ap-southeast-2", "sa-east-1"] : ["cn-north-1", "cn-northwest-1"];
        string[] optIn = Partition == "aws" ? ["me-south-1", "ap-east-1", "eu-south-2"] : [];
        var regions = new List<Region>();
        // The first is always there: the account's own calls are signed for it.
        foreach (var name in always)
        {
            if (regions.Count == 0 || Draw.Chance(35))
            {
                regions.Add(new Region(name, "opt-in-not-required"));
            }
        }

        foreach (var name in Draw.Some(optIn))
        {
            regions.Add(new Region(name, regions.Count < 4 && Draw.Chance(30) ? "opted-in" : "not-opted-in"));
        }

        Evidence.Set(EvidenceKinds.Regions, "", regions);
        return regions.FindAll(r => r.IsEnabled).ConvertAll(r => r.Name);
    }
}
