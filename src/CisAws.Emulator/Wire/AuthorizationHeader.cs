using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Emulator.Wire;

/// <summary>The Authorization header of Signature Version 4. Its credential scope names the service and the region of a call.</summary>
internal sealed record AuthorizationHeader(
    string AccessKey, string Date, string Region, string Service, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Reads the header; null when there is none or it is not of this version.</summary>
    public static AuthorizationHeader? TryParse(string? header)
    {
        if (header is null || !header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(f => f.Split('=', 2))
            .Where(f => f.Length == 2)
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        if (!fields.TryGetValue("Credential", out var credential) ||
            !fields.TryGetValue("SignedHeaders", out var signed) ||
            !fields.TryGetValue("Signature", out var signature))
        {
            return null;
        }

        var scope = credential.Split('/');
        return scope is [var key, var date, var region, var service, "aws4_request"]
            ? new AuthorizationHeader(key, date, region, service, signed.Split(';'), signature)
            : null;
    }
}
