using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Aws.Calls;

/// <summary>
/// Says what kind of problem an exception is. It is the only place that does: everything else passes its result on. The
/// codes are those of the services' common errors and of their own models.
/// </summary>
internal static class ErrorClassifier
{
    /// <summary>The error code of a call that got no response in its time.</summary>
    public const string Timeout = "Timeout";

    private static readonly string[] Denied =
        ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "Forbidden"];

    private static readonly string[] Rejected =
    [
        "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired", "InvalidClientTokenId", "InvalidAccessKeyId",
        "InvalidToken", "UnrecognizedClientException", "AuthFailure", "SignatureDoesNotMatch", "InvalidSignatureException",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException", "IncompleteSignature",
    ];

    private static readonly string[] Throttled =
    [
        "Throttling", "ThrottlingException", "Throttled", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
        "RequestLimitExceeded", "EC2ThrottledException", "SlowDown", "BandwidthLimitExceeded", "LimitExceededException",
    ];

    /// <summary>The account is not signed up for the service in the region. An operation that is not supported is something else.</summary>
    private static readonly string[] NotOffered = ["OptInRequired", "SubscriptionRequiredException"];

    /// <summary>
    /// How IAM words a denial by a policy of the organisation: an explicit deny, or no policy that allows the action.
    /// See https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html.
    /// </summary>
    private static readonly Regex DeniedByOrganization = new(
        "(explicit deny in a|no) (service|resource) control policy", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>What CloudTrail answers a member account that asks after its organisation's trail.</summary>
    private static readonly string[] RefusedToOthers =
    [
        "TrailNotFoundException", "CloudTrailARNInvalidException", "InvalidTrailNameException", "NoManagementAccountSLRExistsException",
        "NotOrganizationManagementAccountException", "AuthorizationError", "AuthorizationErrorException",
    ];

    /// <summary>True for a throttle error. S3 throttles with the status 503, which is all that a response to HEAD has.</summary>
    public static bool IsThrottled(AmazonServiceException exception) => Has(Throttled, exception.ErrorCode ?? "") ||
        exception is AmazonS3Exception { StatusCode: HttpStatusCode.ServiceUnavailable, InnerException: HttpErrorResponseException { Response.ContentLength: 0 } };

    /// <summary>Whether the clocks of this machine and of AWS differ by too much. The codes and messages are those of Signature Version 4.</summary>
    public static bool IsClockSkew(ReadFailure why) => why.ErrorCode is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture" ||
        why.Message.StartsWith("Signature expired", StringComparison.Ordinal) || why.Message.StartsWith("Signature not yet current", StringComparison.Ordinal);

    /// <summary>Classifies what was caught.</summary>
    /// <param name="exception">Anything but a cancellation that the caller asked for.</param>
    /// <param name="action">The IAM action.</param>
    /// <param name="region">Where the call was sent; empty for a global service.</param>
    /// <param name="foreign">Whether another account owns the thing that was asked about.</param>
    public static ReadFailure Classify(Exception exception, string action, string region, bool foreign)
    {
        var (code, kind, message) = exception switch
        {
            CallFailedException known => (known.Why.ErrorCode, known.Why.Kind, known.Why.Message),
            _ when MessageRedactor.IsOfProcess(exception) => ("CredentialProcess", ReadFailureKind.CredentialsRejected, MessageRedactor.Of(exception)),
            AmazonUnmarshallingException => ("NotUnderstood", ReadFailureKind.Malformed, $"The response could not be read: {Innermost(exception).Message}"),
            AmazonServiceException { ErrorCode: { Length: > 0 } answered } e => (answered, OfCode(answered, e, foreign), e.Message),
            AmazonServiceException e when FromTransport(e) is { } transport => transport,
            AmazonServiceException e => ($"HTTP {(int)e.StatusCode}", OfStatus(e.StatusCode), e.Message),
            _ => FromTransport(exception) ?? Unforeseen(exception),
        };
        return new ReadFailure(action, region, OneLine(code), kind, OneLine(MessageRedactor.Of(message)));
    }

    private static ReadFailureKind OfCode(string code, AmazonServiceException e, bool foreign)
    {
        if (foreign && Has(RefusedToOthers, code))
        {
            return ReadFailureKind.ForeignOwner;
        }

        if (Has(Denied, code))
        {
            return DeniedByOrganization.IsMatch(e.Message ?? "") ? ReadFailureKind.ScpDenied : ReadFailureKind.AccessDenied;
        }

        return Has(Rejected, code) ? ReadFailureKind.CredentialsRejected
            : IsThrottled(e) ? ReadFailureKind.Throttled
            : Has(NotOffered, code) ? ReadFailureKind.NotSupported
            : ReadFailureKind.ServiceError;
    }

    /// <summary>An error without a code is not worded as AWS words errors: it is a load balancer's, a proxy's or a portal's page.</summary>
    private static ReadFailureKind OfStatus(HttpStatusCode status) =>
        (int)status >= 500 ? ReadFailureKind.ServiceError : ReadFailureKind.Malformed;

    private static (string Code, ReadFailureKind Kind, string Message)? FromTransport(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return (socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                    ? "NameResolutionFailure"
                    : "ConnectFailure", ReadFailureKind.Unreachable, socket.Message);
            }

            if (e is AuthenticationException)
            {
                return ("TlsFailure", ReadFailureKind.Unreachable, e.Message);
            }

            if (e is TimeoutException or OperationCanceledException)
            {
                return (Timeout, ReadFailureKind.Unreachable, e is TimeoutException ? e.Message : "The request timed out.");
            }

            if (e is XmlException or JsonException or FormatException or OverflowException or InvalidDataException)
            {
                return ("NotUnderstood", ReadFailureKind.Malformed, $"The response could not be read: {e.Message}");
            }
        }

        var inner = Innermost(exception);
        return inner switch
        {
            // .NET Framework throws for a response that is an error, too.
            WebException { Status: WebExceptionStatus.ProtocolError } => null,
            // An assembly or a file that is missing here is not a network problem.
            FileNotFoundException or FileLoadException or DirectoryNotFoundException => null,
            HttpRequestException or WebException or IOException => ("ConnectFailure", ReadFailureKind.Unreachable, inner.Message),
            _ => null,
        };
    }

    private static (string Code, ReadFailureKind Kind, string Message) Unforeseen(Exception exception) =>
        (exception.GetType().Name, ReadFailureKind.ServiceError, MessageRedactor.Of(exception));

    private static Exception Innermost(Exception exception) => exception.GetBaseException();

    private static bool Has(string[] codes, string code) => codes.Contains(code, StringComparer.Ordinal);

    /// <summary>A message ends in a table's cell: it is one line, and safe to show.</summary>
    private static string OneLine(string? message) =>
        TerminalText.Escape(string.Join(" ", (message ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim());
}
