using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>Takes the right to read away, here and there, in the words each service has for it.</summary>
internal static class Denials
{
    public static void Add(AccountDraft draft)
    {
        // HeadBucket has no body that could say why, and tells a bucket's region even when it refuses: it is never denied here.
        foreach (var kind in EvidenceKinds.All.Where(k => k != EvidenceKinds.Buckets))
        {
            foreach (var subject in draft.Evidence.SubjectsOf(kind).Where(_ => draft.Draw.Chance(3)).ToList())
            {
                Deny(draft, kind, subject, draft.Draw.Chance(70) ? ReadFailureKind.AccessDenied : ReadFailureKind.ScpDenied);
            }
        }
    }

    public static void Deny(AccountDraft draft, EvidenceKind kind, string subject, ReadFailureKind why)
    {
        // SNS refuses another account's topic in the same words whatever the reason.
        why = Service(kind) == "sns" && Arn.TryParse(subject)!.AccountId != draft.AccountId ? ReadFailureKind.ForeignOwner : why;
        var message = Message(draft, kind) + (why == ReadFailureKind.ScpDenied ? " with an explicit deny in a service control policy" : "");
        foreach (var same in SameCall(kind).Where(k => draft.Evidence.SubjectsOf(k).Contains(subject)))
        {
            draft.Evidence.Set(same, subject, same.Failed(new ReadFailure(kind.Actions[0], draft.Evidence.RegionOf(kind, subject), ErrorCode(kind), why, message), draft.Evidence.CollectedAt));
        }
    }

    public static string Message(AccountDraft draft, EvidenceKind kind) =>
        $"User: {draft.Account.CallerArn} is not authorized to perform: {kind.Actions[0]} on resource: *";

    /// <summary>The kinds that one call answers together.</summary>
    private static IEnumerable<EvidenceKind> SameCall(EvidenceKind kind)
    {
        EvidenceKind[][] pairs = [[EvidenceKinds.KmsKeys, EvidenceKinds.TrailKey], [EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.RoutePrefixLists]];
        return pairs.FirstOrDefault(p => p.Contains(kind)) ?? [kind];
    }

    private static string ErrorCode(EvidenceKind kind) => Service(kind) switch
    {
        "iam" or "s3" or "cloudwatch" or "rds" => "AccessDenied",
        "ec2" => "UnauthorizedOperation",
        "sns" => "AuthorizationError",
        _ => "AccessDeniedException",
    };

    private static string Service(EvidenceKind kind) => kind.Actions[0].Split(':')[0];
}
