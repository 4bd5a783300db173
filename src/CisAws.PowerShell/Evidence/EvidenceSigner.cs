using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace CisAws.PowerShell.Evidence;

/// <summary>Whether an evidence file is signed, and what the signature is worth.</summary>
public enum EvidenceSignatureStatus : long
{
    /// <summary>The file has no signature. Anyone could have written it.</summary>
    NotSigned,

    /// <summary>The signature is valid, and the certificate of the signer is trusted for signatures.</summary>
    Valid,

    /// <summary>The signature is valid, but the certificate of the signer is not trusted, or is for something else, such as a web server.</summary>
    NotTrusted,

    /// <summary>The signature is not one of this file, or is damaged.</summary>
    NotValid,
}

/// <summary>A signature that was checked.</summary>
/// <param name="Status">What it is worth.</param>
/// <param name="Signer">The certificate of the signer; null where there is none to show.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
internal sealed record EvidenceSignature(EvidenceSignatureStatus Status, X509Certificate2? Signer = null, string? Problem = null);

/// <summary>Signs the manifest of an evidence archive, and checks such signatures: detached CMS (RFC 5652) with SHA-256, by .NET's own implementation.</summary>
internal static class EvidenceSigner
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>
    /// The extended key usages of who signs content: any, code signing, S/MIME, documents (RFC 9336, and Microsoft's). A certificate of a web server
    /// shows control of a domain, and not who is responsible for evidence.
    /// </summary>
    private static readonly HashSet<string> SigningUsages =
        ["2.5.29.37.0", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12"];

    /// <summary>Signs the manifest.</summary>
    /// <param name="manifest">Its bytes.</param>
    /// <param name="certificate">A certificate with its private key, RSA or ECDSA.</param>
    /// <exception cref="CryptographicException">The key cannot be used.</exception>
    public static byte[] Sign(byte[] manifest, X509Certificate2 certificate)
    {
        var cms = new SignedCms(new ContentInfo(manifest), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid(Sha256),
            // The chain, so that whoever has the root can check; but for the root, which a reader has to have from elsewhere.
            IncludeOption = X509IncludeOption.ExcludeRoot,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(DateTime.UtcNow));
        // Silent: a key that asks for a PIN would stop a scheduled task.
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="manifest">The bytes that are signed; null where the file is not an archive.</param>
    /// <param name="signature">The signature; null for none.</param>
    /// <param name="trustedRoots">The certificates that a chain may end in; null for those that this machine trusts.</param>
    public static EvidenceSignature Check(byte[]? manifest, byte[]? signature, X509Certificate2Collection? trustedRoots = null)
    {
        if (manifest is null || signature is null)
        {
            return new(EvidenceSignatureStatus.NotSigned);
        }

        SignedCms cms;
        try
        {
            cms = new SignedCms(new ContentInfo(manifest), detached: true);
            cms.Decode(signature);
            cms.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException e)
        {
            return new(EvidenceSignatureStatus.NotValid, null, $"The signature does not match the file: {e.Message}");
        }

        if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].Certificate is not { } certificate)
        {
            return new(EvidenceSignatureStatus.NotValid, null, "The signature does not contain the certificate of one signer.");
        }

        var problem = WrongUsage(certificate) ?? Distrust(certificate, cms, trustedRoots);
        return new(problem is null ? EvidenceSignatureStatus.Valid : EvidenceSignatureStatus.NotTrusted, certificate, problem);
    }

    /// <summary>Why a certificate is not one to sign with; null where it is.</summary>
    public static string? WrongUsage(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension is X509KeyUsageExtension { KeyUsages: var usages } && (usages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0)
            {
                return $"The certificate is not for signatures: its key usage is {usages}.";
            }

            if (extension is X509EnhancedKeyUsageExtension { EnhancedKeyUsages: var extended } && !extended.Cast<Oid>().Any(o => SigningUsages.Contains(o.Value!)))
            {
                return $"The certificate is not for signatures of documents, code or mail: its extended key usage is {string.Join(", ", extended.Cast<Oid>().Select(o => o.FriendlyName ?? o.Value))}.";
            }
        }

        return null;
    }

    /// <summary>Why a certificate is not trusted; null where it is.</summary>
    private static string? Distrust(X509Certificate2 certificate, SignedCms cms, X509Certificate2Collection? trustedRoots)
    {
        using var chain = new X509Chain();
        // Evidence is checked where there may be no network, and years later.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(cms.Certificates);
        if (SigningTime(cms.SignerInfos[0]) is { } time)
        {
            chain.ChainPolicy.VerificationTime = time.ToLocalTime();
        }

        if (trustedRoots is null)
        {
            return chain.Build(certificate) ? null : $"This machine does not trust the certificate: {Sentence(chain)}";
        }

        // .NET Framework cannot build a chain on roots of the caller: any root is allowed, and the chain must contain one of the caller's.
        chain.ChainPolicy.ExtraStore.AddRange(trustedRoots);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return !chain.Build(certificate) ? $"The certificate is not trusted: {Sentence(chain)}"
            : chain.ChainElements.Cast<X509ChainElement>().Any(e => trustedRoots.Cast<X509Certificate2>().Any(r => IsSame(r, e.Certificate))) ? null
            : "The certificate is not issued by one of the trusted roots.";
    }

    /// <summary>Byte for byte: Equals compares issuer and serial number, which a forger chooses.</summary>
    private static bool IsSame(X509Certificate2 a, X509Certificate2 b) => a.RawData.AsSpan().SequenceEqual(b.RawData);

    private static string Sentence(X509Chain chain) => $"{chain.ChainStatus[0].StatusInformation.Trim().TrimEnd('.')}.";

    /// <summary>When the signer says that it signed (UTC); null where it does not say.</summary>
    private static DateTime? SigningTime(SignerInfo signer)
    {
        foreach (var attribute in signer.SignedAttributes)
        {
            if (attribute.Values[0] is Pkcs9SigningTime time)
            {
                return time.SigningTime;
            }
        }

        return null;
    }

    /// <summary>Reads a certificate with its private key from a file.</summary>
    /// <param name="path">A PFX file; in PowerShell 7 also a PEM file that contains both.</param>
    /// <param name="password">The password of the file; null for none.</param>
    /// <exception cref="CryptographicException">The file is not one of these, or the password is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static X509Certificate2 ReadCertificate(string path, string? password)
    {
#if NET
        var isPem = File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal);
        return !isPem ? new X509Certificate2(path, password, OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet)
            : password is null ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password);
#else
        return new X509Certificate2(path, password);
#endif
    }
}
