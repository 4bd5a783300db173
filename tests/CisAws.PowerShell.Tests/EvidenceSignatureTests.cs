using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using CisAws.PowerShell.Evidence;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>Whose signatures of evidence are trusted.</summary>
public sealed class EvidenceSignatureTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static readonly byte[] Manifest = [1, 2, 3];

    private readonly X509Certificate2 _authority = Authority();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_self_signed_certificate_is_trusted_if_it_is_a_trusted_root()
    {
        using var signer = SelfSigned();
        Assert.Equal((EvidenceSignatureStatus.Valid, null), Check(signer, signer));
        Assert.Equal((EvidenceSignatureStatus.NotTrusted, "The certificate is not issued by one of the trusted roots."), Check(signer, _authority));
    }

    [Fact]
    public void A_certificate_is_trusted_by_the_root_of_its_authority()
    {
        using var signer = Issued();
        Assert.Equal((EvidenceSignatureStatus.Valid, null), Check(signer, _authority));
        using var other = Authority();
        Assert.Equal(EvidenceSignatureStatus.NotTrusted, Check(signer, other).Status);
    }

    /// <summary>The name and the serial number of the authority, and the key of someone else, whose certificate may be in the signature.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_forged_authority_is_not_trusted(bool included)
    {
        using var forger = Authority();
        Assert.True(forger.Equals(_authority));
        using var signer = Issued(forger);
        var cms = new SignedCms(new ContentInfo(Manifest), detached: true);
        cms.ComputeSignature(new CmsSigner(signer) { IncludeOption = X509IncludeOption.EndCertOnly });
        if (included)
        {
            cms.AddCertificate(forger);
        }

        Assert.Equal(EvidenceSignatureStatus.NotTrusted, EvidenceSigner.Check(Manifest, cms.Encode(), [_authority]).Status);
    }

    [Fact]
    public void The_certificate_of_the_signer_itself_can_be_trusted()
    {
        using var signer = Issued();
        Assert.Equal((EvidenceSignatureStatus.Valid, null), Check(signer, signer));
    }

    [Fact]
    public void A_certificate_that_was_not_valid_at_the_time_of_the_signature_is_not_trusted()
    {
        using var signer = SelfSigned(from: DateTimeOffset.UtcNow.AddDays(-9), to: DateTimeOffset.UtcNow.AddDays(-3));
        var (status, problem) = Check(signer, signer);
        Assert.Equal(EvidenceSignatureStatus.NotTrusted, status);
        Assert.StartsWith("The certificate is not trusted: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CodeSigning, EvidenceSignatureStatus.Valid)]
    [InlineData("1.3.6.1.5.5.7.3.36", EvidenceSignatureStatus.Valid)]
    [InlineData("2.5.29.37.0", EvidenceSignatureStatus.Valid)]
    [InlineData(ServerAuthentication, EvidenceSignatureStatus.NotTrusted)]
    public void The_extended_key_usage_must_be_one_of_signatures(string usage, EvidenceSignatureStatus expected)
    {
        using var signer = SelfSigned(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var (status, problem) = Check(signer, signer);
        Assert.Equal(expected, status);
        Assert.Equal(expected == EvidenceSignatureStatus.Valid, problem is null);
    }

    [Fact]
    public void The_key_usage_must_be_signatures()
    {
        using var exchange = SelfSigned(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        Assert.Equal((EvidenceSignatureStatus.NotTrusted, "The certificate is not for signatures: its key usage is KeyEncipherment."), Check(exchange, exchange));
        using var signer = SelfSigned(new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation, critical: true));
        Assert.Equal((EvidenceSignatureStatus.Valid, null), Check(signer, signer));
    }

    /// <summary>Some bytes of a signature are not signed, such as versions. With any other, the signature is no longer valid.</summary>
    [Fact]
    public void Each_changed_byte_of_a_signature_is_found_or_changes_nothing()
    {
        using var signer = Issued();
        var signature = EvidenceSigner.Sign(Manifest, signer);
        var found = 0;
        for (var position = 0; position < signature.Length; position++)
        {
            var damaged = (byte[])signature.Clone();
            damaged[position] ^= 0x01;
            var check = EvidenceSigner.Check(Manifest, damaged, [_authority]);
            if (check.Status == EvidenceSignatureStatus.Valid)
            {
                Assert.Equal(signer.RawData, check.Signer!.RawData);
            }
            else
            {
                found++;
            }
        }

        Assert.InRange(found, signature.Length / 2, signature.Length);
        Assert.Equal(EvidenceSignatureStatus.NotValid, EvidenceSigner.Check([1, 2, 4], signature, [_authority]).Status);
    }

    [Fact]
    public void Test_CisEvidence_takes_trusted_roots_and_Export_CisEvidence_warns_of_a_certificate_that_is_not_for_signatures()
    {
        var folder = Directory.CreateTempSubdirectory("signatures ");
        try
        {
            using var session = new ModuleSession();
            using var signer = Issued();
            using var server = SelfSigned(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
            var run = session.Run(
                """
                Set-Location -LiteralPath $folder
                $evidence = Import-CisEvidence $demo
                $evidence | Export-CisEvidence ./a.cisevidence -Certificate $signer
                $evidence | Export-CisEvidence ./b.cisevidence -Certificate $server
                Test-CisEvidence *.cisevidence -TrustedRoot $authority, $server | ForEach-Object { "$($_.IsValid) $($_.Signature) $($_.Signer)" }
                (Test-CisEvidence ./a.cisevidence).Signature
                """,
                ("folder", folder.FullName), ("demo", Path.Combine(ModuleLocation.Find(), "demo", "account.json")), ("signer", signer), ("server", server), ("authority", _authority));
            Assert.Empty(run.Errors);
            Assert.Equal(["True Valid CN=Auditor", "True NotTrusted CN=Auditor", "NotTrusted"], run.Output.Select(o => o.ToString()));
            Assert.Matches("^The certificate is not for signatures of documents, code or mail: .* Test-CisEvidence will show the signature as NotTrusted.$", Assert.Single(run.Warnings));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (EvidenceSignatureStatus Status, string? Problem) Check(X509Certificate2 signer, X509Certificate2 root)
    {
        var checkedSignature = EvidenceSigner.Check(Manifest, EvidenceSigner.Sign(Manifest, signer), [root]);
        Assert.Equal(signer.Thumbprint, checkedSignature.Signer?.Thumbprint);
        return (checkedSignature.Status, checkedSignature.Problem);
    }

    private static X509Certificate2 SelfSigned(X509Extension? extension = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = RSA.Create(2048);
        return Request("CN=Auditor", key, extension).CreateSelfSigned(from ?? DateTimeOffset.UtcNow.AddDays(-1), to ?? DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Authority()
    {
        using var key = RSA.Create(2048);
        using var certificate = Request("CN=Authority", key, new X509BasicConstraintsExtension(true, false, 0, critical: true)).Create(
            new("CN=Authority"), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(60), [9]);
        return certificate.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Issued(X509Certificate2? authority = null)
    {
        using var key = RSA.Create(2048);
        using var certificate = Request("CN=Auditor", key, null).Create(authority ?? _authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30), [1, 2, 3, 4]);
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, RSA key, X509Extension? extension)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }
}
