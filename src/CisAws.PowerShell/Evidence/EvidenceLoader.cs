using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using CisAws.Evidence;
using CisAws.PowerShell.Errors;
using CisAws.Text;

namespace CisAws.PowerShell.Evidence;

/// <summary>A file of evidence that was read, and its signature.</summary>
internal sealed record LoadedEvidence(CisEvidence Evidence, EvidenceSignature Signature);

/// <summary>Reads files of evidence: archives, and the JSON that is in them.</summary>
internal static class EvidenceLoader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trustedRoots">The roots that the certificate of a signer is trusted by; null for those of this machine.</param>
    /// <exception cref="InvalidDataException">It is not evidence, or was changed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static LoadedEvidence Load(string path, X509Certificate2Collection? trustedRoots = null)
    {
        var archive = EvidenceArchive.Read(AtomicFile.ReadBytes(path, EvidenceArchive.MaximumFile));
        var signature = EvidenceSigner.Check(archive.Manifest, archive.Signature, trustedRoots);
        return new(new CisEvidence(archive.Evidence, path, archive.Sha256, signature.Signer?.Subject), signature);
    }

    /// <summary>Reads a file whose signature, if it has one, is valid.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Load" path="/exception"/>
    public static CisEvidence LoadUsable(string path)
    {
        var (evidence, signature) = Load(path);
        return signature.Status == EvidenceSignatureStatus.NotValid ? throw new InvalidDataException(signature.Problem) : evidence;
    }

    /// <summary>The files that a path with wildcards stands for; a path that stands for none is kept, and is an error when it is read.</summary>
    /// <param name="cmdlet">The cmdlet that the path was given to.</param>
    /// <param name="evidence">A path, or evidence, which stands for itself.</param>
    public static IEnumerable<object> Expand(PSCmdlet cmdlet, object evidence)
    {
        if (evidence is not string path)
        {
            return [evidence];
        }

        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _) is { Count: > 0 } files ? files : [path];
        }
        catch (ItemNotFoundException)
        {
            return [cmdlet.GetUnresolvedProviderPathFromPSPath(path)];
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException)
        {
            // A drive that does not exist: nothing can be assessed under such a name.
            cmdlet.ThrowTerminatingError(CisErrors.NoEvidence(path, e));
            throw;
        }
    }
}
