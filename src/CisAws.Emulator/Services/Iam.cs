using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Identity and Access Management.</summary>
internal static class Iam
{
    private const int MostItems = 100;

    public static Service Service { get; } = new("iam", "iam", ServiceErrorCodes.Query, new QueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/"))
    {
        { "GenerateCredentialReport", GenerateCredentialReport },
        { "GetCredentialReport", GetCredentialReport },
        { "GetAccountSummary", GetAccountSummary },
        { "GetAccountPasswordPolicy", GetAccountPasswordPolicy },
        { "ListVirtualMFADevices", ListVirtualMfaDevices },
        { "GetAccountAuthorizationDetails", IamAuthorizationDetails.Answer },
        { "ListEntitiesForPolicy", ListEntitiesForPolicy },
        { "ListInstanceProfiles", ListInstanceProfiles },
        { "ListAccessKeys", ListAccessKeys },
        { "ListServerCertificates", ListServerCertificates },
    };

    /// <summary>The path in an IAM ARN: <c>/</c> or <c>/division/</c>.</summary>
    public static string PathOf(string arn)
    {
        var first = arn.IndexOf('/', StringComparison.Ordinal);
        return first < 0 ? "/" : arn[first..(arn.LastIndexOf('/') + 1)];
    }

    private static Shape GenerateCredentialReport(Call call)
    {
        var report = call.Account.Evidence.Get(EvidenceKinds.CredentialReport);
        if (report.TryGet(out var value, out var why) && value.GenerationError is { } code)
        {
            throw code == "LimitExceeded"
                ? new AwsError(code, 409, "Too many reports were asked for.")
                : new AwsError(code, 403, $"User: {call.Principal.Arn} is not authorized to perform: iam:GenerateCredentialReport");
        }

        if (why?.Action == "iam:GenerateCredentialReport")
        {
            throw new FaultException(why);
        }

        return call.Account.RequestReport() == 1
            ? new Shape { ["State"] = "STARTED", ["Description"] = "No report exists. Starting a new report generation task" }
            : new Shape { ["State"] = "COMPLETE" };
    }

    private static Shape GetCredentialReport(Call call)
    {
        if (call.Account.Evidence.Get(EvidenceKinds.CredentialReport).Failure?.Action == "iam:GenerateCredentialReport")
        {
            throw new AwsError("ReportNotPresent", 410, "No report exists: it was not possible to generate one.");
        }

        var report = call.Read(EvidenceKinds.CredentialReport);
        // A report that could not be renewed is one that was there before.
        if (report.GenerationError is null && call.Account.ReportRequests < 2)
        {
            throw call.Account.ReportRequests == 0
                ? new AwsError("ReportNotPresent", 410, "No report exists. Call GenerateCredentialReport first.")
                : new AwsError("ReportInProgress", 404, "The report is being generated. Call GenerateCredentialReport until its State is COMPLETE.");
        }

        return new Shape
        {
            ["Content"] = Encoding.UTF8.GetBytes(string.Join('\n', report.Rows.Prepend(report.Columns).Select(r => string.Join(',', r.Select(Quote))))),
            ["ReportFormat"] = "text/csv",
            ["GeneratedTime"] = report.GeneratedTime,
        };

        // RFC 4180.
        static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static Shape GetAccountSummary(Call call) => new()
    {
        ["SummaryMap"] = new NamedList("entry", call.Read(EvidenceKinds.AccountSummary).Select(e => new Shape { ["key"] = e.Key, ["value"] = e.Value })),
    };

    private static Shape GetAccountPasswordPolicy(Call call)
    {
        var policy = call.Read(EvidenceKinds.PasswordPolicy)
            ?? throw new AwsError("NoSuchEntity", 404, $"The Password Policy with domain name {call.Account.AccountId} cannot be found.");
        return new Shape
        {
            ["PasswordPolicy"] = new Shape
            {
                ["MinimumPasswordLength"] = policy.MinimumPasswordLength,
                ["RequireSymbols"] = policy.RequireSymbols,
                ["RequireNumbers"] = policy.RequireNumbers,
                ["RequireUppercaseCharacters"] = policy.RequireUppercaseCharacters,
                ["RequireLowercaseCharacters"] = policy.RequireLowercaseCharacters,
                ["AllowUsersToChangePassword"] = policy.AllowUsersToChangePassword,
                ["ExpirePasswords"] = policy.ExpirePasswords,
                ["MaxPasswordAge"] = policy.MaxPasswordAge,
                ["PasswordReusePrevention"] = policy.PasswordReusePrevention,
                ["HardExpiry"] = policy.HardExpiry,
            },
        };
    }

    private static Shape ListVirtualMfaDevices(Call call)
    {
        // The evidence holds assigned devices only.
        var devices = call.Read(EvidenceKinds.VirtualMfaDevices);
        var page = Page(call, call.Input.Text("AssignmentStatus") switch
        {
            null or "Any" or "Assigned" => devices,
            "Unassigned" => [],
            var other => throw AwsError.Validation($"AssignmentStatus must be Assigned, Unassigned or Any, not '{other}'."),
        });
        return new Shape
        {
            ["VirtualMFADevices"] = page.Items.Select(d => new Shape
            {
                ["SerialNumber"] = d.SerialNumber,
                ["User"] = d.UserArn is { } arn ? UserOf(arn) : null,
                ["EnableDate"] = d.EnableDate,
            }),
            ["IsTruncated"] = page.NextToken is not null,
            ["Marker"] = page.NextToken,
        };

        // The owner may be root, whose ARN has no name and whose id is the account's.
        static Shape UserOf(string arn) => arn.EndsWith(":root", StringComparison.Ordinal)
            ? new Shape { ["UserId"] = Arn.TryParse(arn)?.AccountId, ["Arn"] = arn }
            : new Shape
            {
                ["Path"] = PathOf(arn),
                ["UserName"] = arn[(arn.LastIndexOf('/') + 1)..],
                ["UserId"] = UniqueId.For("AIDA", arn),
                ["Arn"] = arn,
            };
    }

    private static Shape ListEntitiesForPolicy(Call call)
    {
        var policyArn = call.Input.RequiredText("PolicyArn");
        var entities = policyArn == $"arn:{call.Account.Partition}:iam::aws:policy/AWSSupportAccess" ? call.Read(EvidenceKinds.SupportPolicyEntities) : null;
        if (entities is null)
        {
            throw new AwsError("NoSuchEntity", 404, $"Policy {policyArn} does not exist or is not attachable.");
        }

        // Who does not say which use is meant gets the permissions boundaries too.
        var usage = call.Input.Text("PolicyUsageFilter");
        var kind = call.Input.Text("EntityFilter");
        var all = (usage == "PermissionsBoundary" ? [] : Attached(entities))
            .Concat(usage == "PermissionsPolicy" ? [] : Bounded(call.Read(EvidenceKinds.AuthorizationDetails), policyArn))
            .Where(e => kind is null || e.Kind == kind).Distinct().ToList();
        var page = Page(call, all);
        return new Shape
        {
            ["PolicyGroups"] = Of("Group", "AGPA"),
            ["PolicyUsers"] = Of("User", "AIDA"),
            ["PolicyRoles"] = Of("Role", "AROA"),
            ["IsTruncated"] = page.NextToken is not null,
            ["Marker"] = page.NextToken,
        };

        IEnumerable<Shape> Of(string entity, string prefix) => page.Items.Where(e => e.Kind == entity)
            .Select(e => new Shape { [entity + "Name"] = e.Name, [entity + "Id"] = UniqueId.For(prefix, call.Account.AccountId + e.Name) });
    }

    private static IEnumerable<(string Kind, string Name)> Attached(PolicyEntities entities) =>
        entities.Groups.Select(n => ("Group", n)).Concat(entities.Users.Select(n => ("User", n))).Concat(entities.Roles.Select(n => ("Role", n)));

    private static IEnumerable<(string Kind, string Name)> Bounded(AuthorizationDetails details, string policyArn) =>
        details.Users.Where(u => u.PermissionsBoundaryArn == policyArn).Select(u => ("User", u.Name))
            .Concat(details.Roles.Where(r => r.PermissionsBoundaryArn == policyArn).Select(r => ("Role", r.Name)));

    private static Shape ListInstanceProfiles(Call call)
    {
        var page = Page(call, call.Read(EvidenceKinds.InstanceProfiles));
        return new Shape
        {
            ["InstanceProfiles"] = page.Items.Select(p => new Shape
            {
                ["Path"] = PathOf(p.Arn),
                ["InstanceProfileName"] = p.Name,
                ["InstanceProfileId"] = UniqueId.For("AIPA", p.Arn),
                ["Arn"] = p.Arn,
                ["Roles"] = p.Roles.Select(r => new Shape { ["RoleName"] = r }),
            }),
            ["IsTruncated"] = page.NextToken is not null,
            ["Marker"] = page.NextToken,
        };
    }

    /// <summary>The evidence holds the keys of the users of whom the credential report does not show all.</summary>
    private static Shape ListAccessKeys(Call call)
    {
        var user = call.Input.RequiredText("UserName");
        var page = Page(call, call.Account.Read(EvidenceKinds.AccessKeys, user));
        return new Shape
        {
            ["AccessKeyMetadata"] = page.Items.Select(k => new Shape
            {
                ["UserName"] = user,
                ["AccessKeyId"] = k.Id,
                ["Status"] = k.Status,
                ["CreateDate"] = k.CreateDate,
            }),
            ["IsTruncated"] = page.NextToken is not null,
            ["Marker"] = page.NextToken,
        };
    }

    private static Shape ListServerCertificates(Call call)
    {
        var page = Page(call, call.Read(EvidenceKinds.ServerCertificates));
        return new Shape
        {
            ["ServerCertificateMetadataList"] = page.Items.Select(c => new Shape
            {
                ["Path"] = PathOf(c.Arn),
                ["ServerCertificateName"] = c.Name,
                ["ServerCertificateId"] = UniqueId.For("ASCA", c.Arn),
                ["Arn"] = c.Arn,
                ["Expiration"] = c.Expiration,
            }),
            ["IsTruncated"] = page.NextToken is not null,
            ["Marker"] = page.NextToken,
        };
    }

    public static Page<T> Page<T>(Call call, IReadOnlyList<T> all) => call.Page(all, "Marker", "MaxItems", MostItems);
}
