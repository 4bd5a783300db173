using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CisAws.Emulator.Wire;

/// <summary>
/// Signature Version 4, from the receiving side.
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
/// </summary>
internal static partial class SignatureV4
{
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    /// <summary>Why a request's signature is not accepted; null when it is.</summary>
    public static ServiceError? Reject(AwsRequest request, AuthorizationHeader authorization, string secretKey, ServiceErrorCodes errorCodes, DateTimeOffset now)
    {
        var stamp = request.Header("x-amz-date");
        if (!DateTimeOffset.TryParseExact(
            stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return errorCodes.SignatureMismatch with { Message = "The x-amz-date header is missing or not of the form yyyyMMddTHHmmssZ." };
        }

        if ((now - time).Duration() > AllowedSkew)
        {
            return errorCodes.Skewed;
        }

        if (!stamp!.StartsWith(authorization.Date + "T", StringComparison.Ordinal))
        {
            return errorCodes.SignatureMismatch with { Message = "The date of the credential scope is not that of x-amz-date." };
        }

        var unsigned = request.HeaderNames
            .Where(n => n.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Append("host")
            .FirstOrDefault(n => !authorization.SignedHeaders.Contains(n, StringComparer.OrdinalIgnoreCase));
        if (unsigned is not null)
        {
            return errorCodes.SignatureMismatch with { Message = $"The header {unsigned} must be signed." };
        }

        var actualHash = Hex(SHA256.HashData(request.Body));
        var payloadHash = request.Header("x-amz-content-sha256") ?? actualHash;
        if (payloadHash != actualHash && payloadHash != "UNSIGNED-PAYLOAD")
        {
            return new ServiceError("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        var expected = Sign(stamp, authorization, CanonicalRequest(request, authorization, payloadHash), secretKey);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(authorization.Signature))
            ? null
            : errorCodes.SignatureMismatch;
    }

    private static string Sign(string stamp, AuthorizationHeader authorization, string canonicalRequest, string secretKey)
    {
        var toSign = string.Join('\n',
            AuthorizationHeader.Algorithm, stamp, authorization.Scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in authorization.Scope.Split('/').Append(toSign))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Hex(key);
    }

    private static string CanonicalRequest(AwsRequest request, AuthorizationHeader authorization, string payloadHash)
    {
        var headers = authorization.SignedHeaders.Select(n => $"{n}:{Trim(request.Header(n) ?? "")}\n");
        // Every service but S3 signs the path encoded once more than it is sent.
        var path = authorization.Service == "s3" ? request.Path : string.Join('/', request.Path.Split('/').Select(Uri.EscapeDataString));
        return string.Join('\n',
            request.Method, path, CanonicalQuery(request.Query), string.Concat(headers), string.Join(';', authorization.SignedHeaders), payloadHash);
    }

    private static string CanonicalQuery(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (Name: Encode(p[0]), Value: p.Length == 2 ? Encode(p[1]) : ""));
        return string.Join('&', pairs.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}"));

        static string Encode(string sent) => Uri.EscapeDataString(Uri.UnescapeDataString(sent));
    }

    private static string Trim(string value) => Spaces().Replace(value.Trim(), " ");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
