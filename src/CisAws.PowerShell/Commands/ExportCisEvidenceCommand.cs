using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Writes evidence to files, signed if you specify a certificate.</summary>
/// <remarks>
/// <para>A path that ends with .cisevidence is a file for the evidence of one account. Any other path is a folder that keeps the runs of many accounts:
/// runs/ACCOUNT/TIME.cisevidence, where the time is that of the collection in UTC, such as 20270331T120000Z.</para>
/// <para>A file is written as a whole or not at all. It is a ZIP archive of the evidence in JSON, a manifest with its SHA-256, and the signature. A
/// signature is a detached CMS signature of the manifest with SHA-256; Test-CisEvidence checks it.</para>
/// <para>The contact details of the account are masked: enough is kept for the rules to decide.</para>
/// </remarks>
/// <example>
/// <code>Get-CisEvidence -All | Export-CisEvidence ./2027-q1.cisevidence</code>
/// <para>Keep the evidence of an account in a file.</para>
/// </example>
/// <example>
/// <code>Get-CisEvidence | Export-CisEvidence ./evidence -CertificatePath ./auditor.pfx -CertificatePassword $password -PassThru</code>
/// <para>Keep the evidence in a folder, signed.</para>
/// </example>
/// <example>
/// <code>Get-CisEvidence -ErrorAction Stop | Export-CisEvidence ./evidence -ErrorAction Stop</code>
/// <para>Keep the evidence of every night in a folder, in a scheduled task that fails if something is wrong.</para>
/// </example>
/// <returns>The evidence as it was written, if -PassThru is specified.</returns>
/// <seealso cref="GetCisEvidenceCommand"/>
/// <seealso cref="ImportCisEvidenceCommand"/>
/// <seealso cref="TestCisEvidenceCommand"/>
[Cmdlet(VerbsData.Export, "CisEvidence", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Export-CisEvidence.md")]
[OutputType(typeof(CisEvidence))]
public sealed class ExportCisEvidenceCommand : CisCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    private X509Certificate2? _certificate;

    /// <summary>Evidence from Get-CisEvidence or Import-CisEvidence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidateNotNull]
    public CisEvidence[] InputObject { get; set; } = [];

    /// <summary>A .cisevidence file, or a folder that keeps the runs of many accounts. Missing folders are created.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The certificate to sign with, which has its private key: an item of Cert:\ or the output of Get-PfxCertificate.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The certificate to sign with: a PFX file, or in PowerShell 7 a PEM file that contains the certificate and the private key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The password of the file in -CertificatePath.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Keeps the contact details of the account as they are, instead of masking them.</summary>
    [Parameter]
    public SwitchParameter IncludeContactDetails { get; set; }

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the evidence as it was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Certificate is not null && CertificatePath is not null)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "TwoCertificates", "-Certificate and -CertificatePath both specify a certificate.", CertificatePath, "Omit one of them."));
        }

        _certificate = CertificatePath is null ? Certificate : ReadCertificate(GetUnresolvedProviderPathFromPSPath(CertificatePath));
        if (_certificate is { HasPrivateKey: false })
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NoPrivateKey", $"The certificate {_certificate.Subject} has no private key.", _certificate.Thumbprint, "Specify a certificate with its private key."));
        }

        if (_certificate is not null && EvidenceSigner.WrongUsage(_certificate) is { } problem)
        {
            WriteWarning($"{problem} Test-CisEvidence will show the signature as NotTrusted.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var evidence in InputObject)
        {
            var given = GetUnresolvedProviderPathFromPSPath(Path);
            var path = EvidenceArgumentAttribute.IsPath(given) ? given : EvidenceStore.PathOf(given, evidence.AccountId, evidence.Evidence.CollectedAt);
            if (!_written.Add(path))
            {
                ThrowTerminatingError(CisErrors.InvalidArgument(
                    "OneFileForMany", $"{path} is a file for the evidence of one account, and there is more.", evidence, "Specify a folder. Each evidence gets a file of its own in it."));
            }
            else if (ShouldProcess(path, $"Export the evidence of account {evidence.AccountId}"))
            {
                Write(evidence, path);
            }
        }
    }

    private void Write(CisEvidence evidence, string path)
    {
        try
        {
            var kept = IncludeContactDetails ? evidence.Evidence : ContactMask.Apply(evidence.Evidence);
            AtomicFile.Create(path, Force, stream => EvidenceArchive.Write(kept, stream, _certificate is null ? null : manifest => EvidenceSigner.Sign(manifest, _certificate)));
            if (PassThru)
            {
                WriteObject(new CisEvidence(kept, path, signer: _certificate?.Subject));
            }
        }
        catch (FileExistsException e)
        {
            WriteError(CisErrors.EvidenceNotWritten(path, e, "Choose another path, or add -Force to overwrite the file."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(CisErrors.EvidenceNotWritten(path, e, "Check that the folder exists and can be written to, and that the disk is not full. No part of the file was kept."));
        }
        catch (CryptographicException e)
        {
            ThrowTerminatingError(CisErrors.EvidenceNotWritten(
                path, e, "Check that the private key of the certificate can be used by this account without a prompt. Windows PowerShell signs with RSA keys only."));
        }
    }

    private X509Certificate2? ReadCertificate(string path)
    {
        try
        {
            return EvidenceSigner.ReadCertificate(path, CertificatePassword is null ? null : new NetworkCredential("", CertificatePassword).Password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NoCertificate", $"The certificate could not be read from {path}: {e.Message}", path,
                "Check the path and -CertificatePassword. The file must contain the certificate and its private key: PFX, or in PowerShell 7 PEM."));
            throw;
        }
    }
}
