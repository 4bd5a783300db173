using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace CisAws.PowerShell.Evidence;

/// <summary>Whether an evidence file is signed, and what the signature is worth.</summary>
public enum EvidenceSignatureStatus : long
{
    /// <summary>The file has no signature. Anyone could have written it.</summary>
    NotSigned,

    /// <summary>The signature is valid, and this machine trusts the certificate of the signer.</summary>
    Valid,

    /// <summary>The signature is valid, but this machine does not trust the certificate of the signer.</summary>
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
    public static EvidenceSignature Check(byte[]? manifest, byte[]? signature)
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

        using var chain = new X509Chain();
        // Evidence is checked where there may be no network, and years later.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(cms.Certificates);
        if (SigningTime(cms.SignerInfos[0]) is { } time)
        {
            chain.ChainPolicy.VerificationTime = time.ToLocalTime();
        }

        return chain.Build(certificate)
            ? new(EvidenceSignatureStatus.Valid, certificate)
            : new(EvidenceSignatureStatus.NotTrusted, certificate, $"This machine does not trust the certificate: {chain.ChainStatus[0].StatusInformation.Trim().TrimEnd('.')}.");
    }

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
