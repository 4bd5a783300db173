using System.Linq;

namespace CisAws.Evidence;

/// <summary>Evidence as a test writes it: as if it had been read when the collection began.</summary>
public static class EvidenceBuilder
{
    /// <summary>Adds or replaces the value of one piece of evidence.</summary>
    public static AccountEvidence Set<T>(this AccountEvidence evidence, EvidenceKind<T> kind, string subject, T value) =>
        evidence.Add(kind, subject, Observation.Known(value, new Origin(kind.Actions[0], evidence.RegionOf(kind, subject), evidence.CollectedAt)));

    /// <summary>Adds or replaces one piece of evidence, which may be unreadable.</summary>
    public static AccountEvidence Set(this AccountEvidence evidence, EvidenceKind kind, string subject, Observation fact) => evidence.Add(kind, subject, fact);

    /// <summary>Makes one piece of evidence unreadable.</summary>
    public static AccountEvidence Deny(
        this AccountEvidence evidence, EvidenceKind kind, string subject = "", ReadFailureKind why = ReadFailureKind.AccessDenied, string code = "AccessDenied") =>
        evidence.Add(kind, subject, kind.Failed(new ReadFailure(kind.Actions[0], subject, code, why, "Not allowed."), evidence.CollectedAt));

    /// <summary>The region that a call for the evidence is sent to; empty for a global service.</summary>
    public static string RegionOf(this AccountEvidence evidence, EvidenceKind kind, string subject)
    {
        var home = evidence.Account.Partition == "aws" ? "us-east-1" : "cn-north-1";
        return (kind.Subject, kind.Actions[0].Split(':')[0]) switch
        {
            // IAM and the like are of no region; regions and buckets are asked for in the first.
            (EvidenceSubject.Account, _) => kind == EvidenceKinds.Regions ? home : "",
            (EvidenceSubject.Region, _) => subject,
            (_, "iam") => "",
            (_, "s3") when kind.From.Contains(EvidenceKinds.ListedBuckets) => evidence.Get(EvidenceKinds.ListedBuckets).Match(
                all => all.FirstOrDefault(b => b.Name == subject)?.Region, _ => null) ?? "",
            (_, "s3") => kind == EvidenceKinds.Buckets ? home : evidence.Get(EvidenceKinds.Buckets, subject).Match(b => b.Region, _ => null) ?? "",
            // An alarm's subject is a region; a prefix list's begins with one.
            _ => Arn.TryParse(subject)?.Region ?? subject.Split('/')[0],
        };
    }
}
