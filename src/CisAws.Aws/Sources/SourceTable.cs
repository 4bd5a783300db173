using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Aws.Sources;

/// <summary>The source of every kind.</summary>
internal static class SourceTable
{
    private static readonly Dictionary<EvidenceKind, object> Sources = new();

    static SourceTable()
    {
        Add(Kinds.PasswordPolicy, Source.OfAccount(IamSources.PasswordPolicyAsync));
        Add(Kinds.Regions, Source.OfAccount(Ec2Sources.RegionsAsync));
        Add(Kinds.SecurityGroups, Source.OfRegion(Ec2Sources.SecurityGroupsAsync));
        Add(Kinds.Trails, Source.OfRegion(CloudTrailSources.TrailsAsync));
        Add(Kinds.TrailStatus, Source.OfArn(CloudTrailSources.TrailStatusAsync));
        Add(Kinds.EventSelectors, Source.OfArn(CloudTrailSources.EventSelectorsAsync));
    }

    public static bool Has(EvidenceKind kind) => Sources.ContainsKey(kind);

    public static Source<T> Find<T>(EvidenceKind<T> kind) => (Source<T>)Sources[kind];

    private static void Add<T>(EvidenceKind<T> kind, Source<T> source) => Sources.Add(kind, source);
}
