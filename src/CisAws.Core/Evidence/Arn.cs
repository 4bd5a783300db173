using System;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// The parts of an Amazon Resource Name, <c>arn:partition:service:region:account:resource</c>. The resource is all that
/// follows the fifth colon, colons included.
/// </summary>
public sealed record Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    /// <summary>Reads an ARN; null when the text is not one.</summary>
    public static Arn? TryParse(string? text)
    {
        var parts = (text ?? "").Split([':'], 6);
        return parts.Length == 6 && parts[0] == "arn" ? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]) : null;
    }

    /// <summary>True for the 12 digits of an account ID.</summary>
    public static bool IsAccountId(string text) => text.Length == 12 && text.All(c => c is >= '0' and <= '9');

    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
