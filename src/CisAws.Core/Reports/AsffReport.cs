using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// The AWS Security Finding Format: an array of findings, as BatchImportFindings of AWS Security Hub takes them. Values are shortened to its limits.
/// </summary>
internal sealed class AsffReport : JsonReportWriter
{
    /// <summary>The product field with the status.</summary>
    public const string StatusField = "cisaws/Status";

    /// <summary>The product field with the program.</summary>
    public const string ProgramField = "cisaws/Program";

    /// <summary>The members that a finding is written with.</summary>
    public static readonly ISet<string> Members = new HashSet<string>(StringComparer.Ordinal)
    {
        "SchemaVersion", "Id", "ProductArn", "ProductName", "CompanyName", "GeneratorId", "AwsAccountId", "CreatedAt", "UpdatedAt", "Title", "Description",
        "FindingProviderFields", "Remediation", "Resources", "Compliance", "ProductFields", "RecordState",
    };

    private const string FindingType = "Software and Configuration Checks/Industry and Regulatory Standards/CIS AWS Foundations Benchmark";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".asff.json"];

    /// <summary>
    /// Writes findings. What is missing in the report has no place in the format: a finding is about a resource, and one about the report would stay in
    /// Security Hub.
    /// </summary>
    protected override void Write(ReportContent content, Utf8JsonWriter json) =>
        WriteArray(json, null, content.Rows.Where(r => Arn.IsAccountId(r.Result.AccountId)), row => WriteFinding(json, row, HomeRegion));

    /// <summary>What the generators of all findings begin with; other products can have findings about the same benchmark.</summary>
    public const string GeneratorPrefix = "cisaws/";

    /// <summary>The region of the product's ARN where the region to send to is not known.</summary>
    public const string HomeRegion = "us-east-1";

    /// <summary>Writes a finding.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="row">The finding.</param>
    /// <param name="region">The region of the Security Hub that it is for.</param>
    /// <param name="createdAt">When it was first seen; null for the time of the assessment.</param>
    public static void WriteFinding(Utf8JsonWriter json, ReportRow row, string region, string? createdAt = null) => WriteObject(json, () =>
    {
        var result = row.Result;
        var partition = PartitionOf(row);
        var time = Time(result.AssessedAt);
        json.WriteString("SchemaVersion", "2018-10-08");
        json.WriteString("Id", row.Id);
        json.WriteString("ProductArn", $"arn:{partition}:securityhub:{region}:{result.AccountId}:product/{result.AccountId}/default");
        json.WriteString("ProductName", "CisAws");
        json.WriteString("CompanyName", "CisAws");
        json.WriteString("GeneratorId", GeneratorPrefix + $"{result.Benchmark}/{result.ControlId}");
        json.WriteString("AwsAccountId", result.AccountId);
        json.WriteString("CreatedAt", createdAt ?? time);
        json.WriteString("UpdatedAt", time);
        json.WriteString("Title", Shortened($"{result.ControlId} {result.Title}", 256));
        json.WriteString("Description", Shortened(JsonText.WellFormed(row.Reason.Length > 0 ? row.Reason : result.Title), 1024));
        // Security Hub itself has the right to the members of the same names at the top.
        WriteObject(json, "FindingProviderFields", () =>
        {
            WriteObject(json, "Severity", () => json.WriteString("Label", SeverityOf(row)));
            WriteTexts(json, "Types", [FindingType]);
        });
        if (result.Remediation.Length > 0)
        {
            WriteObject(json, "Remediation", () => WriteObject(json, "Recommendation", () =>
            {
                json.WriteString("Text", Shortened(JsonText.WellFormed(result.Remediation), 512));
                WriteText(json, "Url", ReportContent.ControlOf(result)?.References.FirstOrDefault());
            }));
        }

        WriteArray(json, "Resources", [row], r => WriteResource(json, r, partition));
        WriteCompliance(json, row);
        WriteObject(json, "ProductFields", () =>
        {
            json.WriteString(StatusField, row.Status.ToString());
            WriteField(json, ProgramField, result.Program);
            WriteField(json, "cisaws/ProgramVersion", result.ProgramVersion);
            WriteField(json, "cisaws/ReasonCode", row.ReasonCode);
            WriteField(json, "cisaws/RuleId", row.Finding?.RuleId ?? result.RuleId.ToString());
            WriteField(json, "cisaws/RunId", result.RunId.ToString());
            WriteField(json, "cisaws/Version", result.Run.CisAwsVersion);
            WriteField(json, "cisaws/Exemption", row.Finding?.Exemption?.ToString());
            WriteField(json, "cisaws/Attestation", row.Finding?.Attestation?.ToString());
        });
        json.WriteString("RecordState", "ACTIVE");
    });

    private static void WriteResource(Utf8JsonWriter json, ReportRow row, string partition) => WriteObject(json, () =>
    {
        json.WriteString("Type", TypeOf(row.ResourceType));
        json.WriteString("Id", Shortened(JsonText.WellFormed(IdOf(row)), 512));
        json.WriteString("Partition", partition);
        WriteText(json, "Region", row.Region);
        if (row.Finding?.Tags is { Count: > 0 } tags)
        {
            WriteObject(json, "Tags", () =>
            {
                foreach (var tag in tags.Take(50))
                {
                    json.WriteString(Shortened(JsonText.WellFormed(tag.Key), 128), Shortened(JsonText.WellFormed(tag.Value), 256));
                }
            });
        }

        if (row.Finding is { Facts.Count: > 0 } finding)
        {
            WriteObject(json, "Details", () => WriteObject(json, "Other", () =>
            {
                foreach (var fact in finding.Facts.GroupBy(f => f.Name, StringComparer.Ordinal).Take(50))
                {
                    json.WriteString(Shortened(JsonText.WellFormed(fact.Key), 128), Shortened(JsonText.WellFormed(string.Join("; ", fact.Select(f => f.Value))), 1024));
                }
            }));
        }
    });

    private static void WriteCompliance(Utf8JsonWriter json, ReportRow row) => WriteObject(json, "Compliance", () =>
    {
        json.WriteString("Status", row.Status switch
        {
            CisStatus.Pass => "PASSED",
            CisStatus.Fail or CisStatus.Exempt => "FAILED",
            CisStatus.Unknown => "WARNING",
            _ => "NOT_AVAILABLE",
        });
        var requirement = $"{Benchmark.Find(row.Result.Benchmark)?.Title ?? row.Result.Benchmark}/{row.Result.ControlId}";
        WriteTexts(json, "RelatedRequirements", [Shortened(requirement, 64)]);
        if (ReportContent.BenchmarkControlOf(row.Result)?.SecurityHub is [var id, ..])
        {
            json.WriteString("SecurityControlId", id);
        }

        WriteArray(json, "StatusReasons", [row], r => WriteObject(json, () =>
        {
            json.WriteString("ReasonCode", r.Finding?.Attestation is null ? Code(r.ReasonCode) : "ATTESTED");
            json.WriteString("Description", Shortened(JsonText.WellFormed(r.Reason.Length > 0 ? r.Reason : r.Status.ToString()), 1024));
        }));
        if (row.Result.Settings.Count > 0)
        {
            WriteArray(json, "SecurityControlParameters", row.Result.Settings, s => WriteObject(json, () =>
            {
                json.WriteString("Name", s.Name);
                WriteTexts(json, "Value", [SettingValues.Print(s.Value)]);
            }));
        }
    });

    private static void WriteField(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, Shortened(JsonText.WellFormed(value!), 2048));
        }
    }

    private static string SeverityOf(ReportRow row) => row.Status switch
    {
        CisStatus.Fail or CisStatus.Exempt => ReportContent.SeverityOf(row.Result).ToString().ToUpperInvariant(),
        CisStatus.Unknown => "LOW",
        _ => "INFORMATIONAL",
    };

    /// <summary>AWS::IAM::User as Security Hub names it: AwsIamUser, where it has a type of its own.</summary>
    private static string TypeOf(string type) => type switch
    {
        "AWS::Account" => "AwsAccount",
        "AWS::EC2::Instance" => "AwsEc2Instance",
        "AWS::EC2::SecurityGroup" => "AwsEc2SecurityGroup",
        "AWS::EC2::RouteTable" => "AwsEc2RouteTable",
        "AWS::EC2::VPC" => "AwsEc2Vpc",
        "AWS::EC2::VPCPeeringConnection" => "AwsEc2VpcPeeringConnection",
        "AWS::IAM::Group" => "AwsIamGroup",
        "AWS::IAM::AccessKey" => "AwsIamAccessKey",
        "AWS::IAM::Policy" => "AwsIamPolicy",
        "AWS::IAM::Role" => "AwsIamRole",
        "AWS::IAM::User" => "AwsIamUser",
        "AWS::KMS::Key" => "AwsKmsKey",
        "AWS::S3::Bucket" => "AwsS3Bucket",
        "AWS::CloudTrail::Trail" => "AwsCloudTrailTrail",
        _ => "Other",
    };

    /// <summary>The ID that Security Hub's own findings have for an account is this one.</summary>
    private static string IdOf(ReportRow row) =>
        row.ResourceType == "AWS::Account" ? $"AWS::::Account:{row.Result.AccountId}"
        : row.ResourceArn.Length > 0 ? row.ResourceArn
        : row.ResourceId.Length > 0 ? row.ResourceId
        : row.ResourceType;

    private static string PartitionOf(ReportRow row) => row.ResourceArn.Split(':') is ["arn", { Length: > 0 } partition, ..] ? partition : "aws";

    /// <summary>NoMfa as NO_MFA.</summary>
    private static string Code(string reasonCode) => reasonCode.Length == 0 ? "NONE" : string.Concat(
        reasonCode.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(reasonCode[i - 1]) ? "_" + c : char.ToUpperInvariant(c).ToString(CultureInfo.InvariantCulture)));
}
