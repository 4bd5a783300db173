using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Programs;

/// <summary>
/// The IAM policy that allows exactly the actions that some controls need, and the role of an auditor with it. The actions are those that the controls'
/// kinds of evidence declare. None of them supports less than all resources in each of its uses, so the resource is always <c>*</c>.
/// </summary>
/// <param name="controls">The controls, with the settings of their program.</param>
internal sealed class AuditorPolicy(IEnumerable<CisControl> controls)
{
    /// <summary>The name of the role with the policy.</summary>
    public const string RoleName = "CisAuditor";

    private const string PolicyName = "CisAssessment";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The actions, sorted.</summary>
    public IReadOnlyList<string> Actions { get; } =
        [.. controls.SelectMany(c => c.Actions).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(a => a, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The policy document.</summary>
    public string ToJson() => Document().ToJsonString(Indented);

    /// <summary>
    /// A CloudFormation template, in JSON, of the role and its policy. Its parameters are the trusted principal, the external ID and the organization.
    /// </summary>
    /// <param name="trustedPrincipal">The default of the parameter; null for none.</param>
    /// <param name="externalId">The default of the parameter; null for none.</param>
    public string ToCloudFormation(string? trustedPrincipal, string? externalId)
    {
        var principal = Parameter("The account ID, or the ARN of a user or role, that may assume the role.", trustedPrincipal);
        var id = Parameter("The external ID that is required to assume the role. If it is empty, none is required.", externalId ?? "");
        var organization = Parameter("The ID of the organization that the principal must belong to, such as o-a1b2c3d4e5. If it is empty, any is allowed.", "");
        return new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = "A role that reads what an assessment against the CIS AWS Foundations Benchmark needs.",
            ["Parameters"] = new JsonObject { ["TrustedPrincipal"] = principal, ["ExternalId"] = id, ["OrganizationId"] = organization },
            ["Conditions"] = new JsonObject
            {
                ["RequiresExternalId"] = IsGiven("ExternalId"),
                ["RequiresOrganization"] = IsGiven("OrganizationId"),
                ["RequiresAny"] = Function("Fn::Or", new JsonArray(
                    new JsonObject { ["Condition"] = "RequiresExternalId" }, new JsonObject { ["Condition"] = "RequiresOrganization" })),
            },
            ["Resources"] = new JsonObject
            {
                [RoleName] = new JsonObject
                {
                    ["Type"] = "AWS::IAM::Role",
                    ["Properties"] = new JsonObject
                    {
                        ["RoleName"] = RoleName,
                        ["AssumeRolePolicyDocument"] = Statement(new JsonObject
                        {
                            ["Effect"] = "Allow",
                            ["Principal"] = new JsonObject { ["AWS"] = Reference("TrustedPrincipal") },
                            ["Action"] = "sts:AssumeRole",
                            // An empty condition is not valid.
                            ["Condition"] = If("RequiresAny", new JsonObject
                            {
                                ["StringEquals"] = new JsonObject
                                {
                                    ["sts:ExternalId"] = If("RequiresExternalId", Reference("ExternalId")),
                                    ["aws:PrincipalOrgID"] = If("RequiresOrganization", Reference("OrganizationId")),
                                },
                            }),
                        }),
                        ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = PolicyName, ["PolicyDocument"] = Document() }),
                    },
                },
            },
            ["Outputs"] = new JsonObject { ["RoleArn"] = new JsonObject { ["Value"] = Function("Fn::GetAtt", new JsonArray(RoleName, "Arn")) } },
        }.ToJsonString(Indented);
    }

    /// <summary>A Terraform configuration of the role and its policy. Its variables are the trusted principal and the external ID.</summary>
    /// <param name="trustedPrincipal">The default of the variable; null for none.</param>
    /// <param name="externalId">The default of the variable; null for none.</param>
    public string ToTerraform(string? trustedPrincipal, string? externalId) => $$"""
        variable "trusted_principal" {
          type        = string
          description = "The account ID, or the ARN of a user or role, that may assume the role."{{Default(trustedPrincipal)}}
        }

        variable "external_id" {
          type        = string
          description = "The external ID that is required to assume the role. If it is empty, none is required."{{Default(externalId ?? "")}}
        }

        resource "aws_iam_role" "cis_auditor" {
          name = "{{RoleName}}"

          assume_role_policy = jsonencode({
            Version = "2012-10-17"
            Statement = [merge(
              {
                Effect    = "Allow"
                Principal = { AWS = var.trusted_principal }
                Action    = "sts:AssumeRole"
              },
              var.external_id == "" ? {} : { Condition = { StringEquals = { "sts:ExternalId" = var.external_id } } }
            )]
          })
        }

        resource "aws_iam_role_policy" "cis_assessment" {
          name = "{{PolicyName}}"
          role = aws_iam_role.cis_auditor.id

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Resource = "*"
              Action = [
        {{string.Join("\n", Actions.Select(a => $"        \"{a}\","))}}
              ]
            }]
          })
        }

        output "role_arn" {
          value = aws_iam_role.cis_auditor.arn
        }
        """.Replace("\r\n", "\n");

    private JsonObject Document() => Statement(new JsonObject
    {
        ["Effect"] = "Allow",
        ["Resource"] = "*",
        ["Action"] = new JsonArray([.. Actions.Select(a => JsonValue.Create(a))]),
    });

    private static JsonObject Statement(JsonObject statement) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };

    private static JsonObject Parameter(string description, string? value)
    {
        var parameter = new JsonObject { ["Type"] = "String", ["Description"] = description };
        if (value is not null)
        {
            parameter["Default"] = value;
        }

        return parameter;
    }

    private static JsonObject Function(string name, JsonNode argument) => new() { [name] = argument };

    private static JsonObject IsGiven(string parameter) => Function("Fn::Not", new JsonArray(Function("Fn::Equals", new JsonArray(Reference(parameter), ""))));

    private static JsonObject If(string condition, JsonNode value) => Function("Fn::If", new JsonArray(condition, value, Reference("AWS::NoValue")));

    private static JsonObject Reference(string name) => Function("Ref", name);

    // ${ and %{ begin an expression in a Terraform string.
    private static string Default(string? value) => value is null
        ? ""
        : $"\n  default     = \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("${", "$${").Replace("%{", "%%{")}\"";
}
