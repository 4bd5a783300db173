using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether files of evidence are complete and unchanged, and who signed them.</summary>
/// <remarks>
/// <para>A file is valid if its content matches the SHA-256 in its manifest, the content is evidence that this version reads, and the signature, if
/// there is one, is one of this manifest. The hash finds damage; only a signature shows that content and hash were not both replaced.</para>
/// <para>Signature is Valid if this machine, or -TrustedRoot, trusts the certificate of the signer as of the time of the signature, and NotTrusted if not,
/// such as for a self-signed certificate that is not in the root store. The key usages of the certificate, if it has any, must include one for
/// signatures of documents, code or mail: a certificate of a web server is NotTrusted. Revocation is not checked, because evidence is often tested
/// without a network.</para>
/// <para>The cmdlet does not connect to AWS.</para>
/// </remarks>
/// <parameter name="Path">Files of evidence (.cisevidence). Wildcards are accepted.</parameter>
/// <parameter name="LiteralPath">Files of evidence. Wildcard characters are read literally.</parameter>
/// <example>
/// <code>Test-CisEvidence ./account.cisevidence</code>
/// <para>Test a file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./evidence -Recurse -Filter *.cisevidence | Test-CisEvidence | Where-Object Signature -ne Valid</code>
/// <para>Find files that are not signed by a trusted certificate.</para>
/// </example>
/// <example>
/// <code>Test-CisEvidence ./account.cisevidence -TrustedRoot (Get-PfxCertificate ./auditor.cer)</code>
/// <para>Test a file against the certificate that the signer has given you, without adding it to the root store.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-CisEvidence ./account.cisevidence -Quiet)) { exit 1 }</code>
/// <para>Use the test in a script.</para>
/// </example>
/// <returns>The result of the test; with -Quiet, whether the file is valid.</returns>
/// <seealso cref="ExportCisEvidenceCommand"/>
/// <seealso cref="ImportCisEvidenceCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "CisEvidence", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Address + "Test-CisEvidence.md")]
[OutputType(typeof(CisEvidenceTest), typeof(bool))]
public sealed class TestCisEvidenceCommand : PathCommand
{
    /// <summary>
    /// The root certificates to trust, instead of those that this machine trusts: of a certificate authority, or self-signed, such as the output of
    /// Get-PfxCertificate.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidateNotNullOrEmpty]
    public X509Certificate2[]? TrustedRoot { get; set; }

    /// <summary>Returns only whether the file is valid. A signature that is not trusted does not make it invalid.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void OnFile(string file)
    {
        if (Read(file, () => Test(file)) is { } test)
        {
            WriteObject(Quiet ? test.IsValid : (object)test);
        }
    }

    private protected override ErrorRecord NotRead(string from, Exception e) => CisErrors.NoEvidence(from, e);

    private CisEvidenceTest Test(string path)
    {
        try
        {
            var (evidence, signature) = EvidenceLoader.Load(path, TrustedRoot is null ? null : new X509Certificate2Collection(TrustedRoot));
            return new CisEvidenceTest
            {
                Path = path,
                IsValid = signature.Status != EvidenceSignatureStatus.NotValid,
                AccountId = evidence.AccountId,
                CollectedAt = evidence.CollectedAt,
                Sha256 = evidence.Sha256,
                Signature = signature.Status,
                Signer = signature.Signer?.Subject,
                SignerThumbprint = signature.Signer?.Thumbprint,
                Problem = signature.Problem,
            };
        }
        catch (InvalidDataException e)
        {
            return new CisEvidenceTest { Path = path, Problem = e.Message };
        }
    }
}
