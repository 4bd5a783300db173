using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>What Get-CisPolicy writes.</summary>
public enum PolicyFormat : long
{
    /// <summary>The IAM policy document.</summary>
    Json,

    /// <summary>A CloudFormation template of a role with the policy.</summary>
    CloudFormation,

    /// <summary>A Terraform configuration of a role with the policy.</summary>
    Terraform,
}

/// <summary>Gets the IAM policy that allows exactly the actions that controls need.</summary>
/// <remarks>
/// <para>The actions are those that Invoke-CisAssessment calls for the controls, with the settings of the program. All of them read;
/// iam:GenerateCredentialReport makes AWS create its report about the account. -Format CloudFormation and -Format Terraform write a role, CisAuditor, with the
/// policy, for use with the parameters -RoleArn and -ExternalId of Invoke-CisAssessment.</para>
/// <para>The cmdlet does not connect to AWS.</para>
/// </remarks>
/// <example>
/// <code>Get-CisPolicy | Set-Content cis-policy.json</code>
/// <para>Write the policy for all controls of the benchmark to a file.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section Monitoring | Get-CisPolicy</code>
/// <para>Get the policy for the controls of a section.</para>
/// </example>
/// <example>
/// <code>Get-CisPolicy -Program norrvik -Format CloudFormation -TrustedPrincipal 999988887777 -ExternalId norrvik-cis | Set-Content cis-auditor.json</code>
/// <para>Write a template of the auditor's role, which is created with the capability CAPABILITY_NAMED_IAM. In a StackSet it creates the role in each
/// account of an organization.</para>
/// </example>
/// <returns>The text of the policy, the template or the configuration.</returns>
/// <seealso cref="GetCisControlCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="TestCisAccessCommand"/>
/// <seealso href="about_CisAws_Credentials"/>
[Cmdlet(VerbsCommon.Get, "CisPolicy", DefaultParameterSetName = ProgramSet, HelpUri = HelpPages.Address + "Get-CisPolicy.md")]
[OutputType(typeof(string))]
public sealed class GetCisPolicyCommand : ProgramCommand
{
    private const string ProgramSet = "Program";
    private const string ControlSet = "Control";

    private readonly List<CisControl> _controls = [];

    /// <summary>Controls from Get-CisControl.</summary>
    [Parameter(ParameterSetName = ControlSet, Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidateNotNull]
    public CisControl[] InputObject { get; set; } = [];

    /// <summary>IDs such as '1.10', or wildcards such as '1.*'; every control of the program by default.</summary>
    [Parameter(Position = 0, ParameterSetName = ProgramSet)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ControlId { get; set; } = ["*"];

    /// <summary>A compliance program: its name, the path of its file, or an object from Get-CisProgram. The default is the benchmark.</summary>
    [Parameter(ParameterSetName = ProgramSet)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Program { get; set; } = DefaultPrograms.BenchmarkName;

    /// <summary>Json for the policy document, CloudFormation or Terraform for a role with the policy.</summary>
    [Parameter]
    public PolicyFormat Format { get; set; }

    /// <summary>The account ID, or the ARN of a user or role, that may assume the role. Without it the template has a parameter without a default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidatePattern(@"\A([0-9]{12}|arn:[a-z0-9-]+:(iam|sts)::[0-9]{12}:[\x21-\x7e]+)\z")]
    public string? TrustedPrincipal { get; set; }

    /// <summary>The external ID that is required to assume the role: 2 to 1,224 of the characters A-Z, a-z, 0-9 and _+=,.@:/-.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidatePattern(@"\A[A-Za-z0-9_+=,.@:/-]{2,1224}\z")]
    public string? ExternalId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ControlSet)
        {
            _controls.AddRange(InputObject);
            return;
        }

        var program = GetOrEnd(Program);
        foreach (var id in ControlId)
        {
            var named = program.Controls.Named(id).ToList();
            if (named.Count == 0)
            {
                var known = ControlLookup.BenchmarkOf(program);
                WriteError(known.Named(id).Any() ? CisErrors.NotInProgram(program, id) : CisErrors.UnknownControl(id, known));
            }

            _controls.AddRange(named);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Format == PolicyFormat.Json && (TrustedPrincipal ?? ExternalId) is not null)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NoRole", "-TrustedPrincipal and -ExternalId are for a role, and the policy document has none.", TrustedPrincipal ?? ExternalId,
                "Add -Format CloudFormation or -Format Terraform, or omit the parameters."));
        }

        // After an error there can be none, and a policy that allows nothing is of no use.
        if (_controls.Count > 0)
        {
            var policy = new AuditorPolicy(_controls);
            WriteObject(Format switch
            {
                PolicyFormat.CloudFormation => policy.ToCloudFormation(TrustedPrincipal, ExternalId),
                PolicyFormat.Terraform => policy.ToTerraform(TrustedPrincipal, ExternalId),
                _ => policy.ToJson(),
            });
        }
    }
}
