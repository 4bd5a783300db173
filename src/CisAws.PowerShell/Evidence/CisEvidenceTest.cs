using System;

namespace CisAws.PowerShell.Evidence;

/// <summary>What Test-CisEvidence found out about a file.</summary>
public sealed class CisEvidenceTest
{
    /// <summary>The file.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>True if the file is complete and unchanged since it was written, and its signature, if it has one, is valid.</summary>
    public bool IsValid { get; internal init; }

    /// <summary>The account; null if the file cannot be read.</summary>
    public string? AccountId { get; internal init; }

    /// <summary>When the collection began (UTC).</summary>
    public DateTime? CollectedAt { get; internal init; }

    /// <summary>The SHA-256 of the evidence, in lowercase hexadecimal digits.</summary>
    public string? Sha256 { get; internal init; }

    /// <summary>What the signature is worth.</summary>
    public EvidenceSignatureStatus Signature { get; internal init; }

    /// <summary>The subject of the signer's certificate.</summary>
    public string? Signer { get; internal init; }

    /// <summary>The thumbprint of the signer's certificate.</summary>
    public string? SignerThumbprint { get; internal init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {(IsValid ? "valid" : "not valid")}, {Signature}";
}
