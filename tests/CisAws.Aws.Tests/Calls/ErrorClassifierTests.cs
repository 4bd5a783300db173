using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Calls;

public class ErrorClassifierTests
{
    [Theory]
    [InlineData("AccessDenied", UnreadableKind.AccessDenied)]
    [InlineData("AccessDeniedException", UnreadableKind.AccessDenied)]
    [InlineData("UnauthorizedOperation", UnreadableKind.AccessDenied)]
    [InlineData("AuthorizationError", UnreadableKind.AccessDenied)]
    [InlineData("Forbidden", UnreadableKind.AccessDenied)]
    [InlineData("ExpiredToken", UnreadableKind.CredentialsRejected)]
    [InlineData("ExpiredTokenException", UnreadableKind.CredentialsRejected)]
    [InlineData("RequestExpired", UnreadableKind.CredentialsRejected)]
    [InlineData("InvalidClientTokenId", UnreadableKind.CredentialsRejected)]
    [InlineData("UnrecognizedClientException", UnreadableKind.CredentialsRejected)]
    [InlineData("AuthFailure", UnreadableKind.CredentialsRejected)]
    [InlineData("SignatureDoesNotMatch", UnreadableKind.CredentialsRejected)]
    [InlineData("InvalidAccessKeyId", UnreadableKind.CredentialsRejected)]
    [InlineData("Throttling", UnreadableKind.Throttled)]
    [InlineData("ThrottlingException", UnreadableKind.Throttled)]
    [InlineData("RequestLimitExceeded", UnreadableKind.Throttled)]
    [InlineData("TooManyRequestsException", UnreadableKind.Throttled)]
    [InlineData("SlowDown", UnreadableKind.Throttled)]
    [InlineData("OptInRequired", UnreadableKind.NotSupported)]
    [InlineData("SubscriptionRequiredException", UnreadableKind.NotSupported)]
    [InlineData("UnsupportedOperation", UnreadableKind.ServiceError)]
    [InlineData("UnsupportedOperationException", UnreadableKind.ServiceError)]
    [InlineData("UnknownOperationException", UnreadableKind.ServiceError)]
    [InlineData("TrailNotFoundException", UnreadableKind.ServiceError)]
    [InlineData("InternalFailure", UnreadableKind.ServiceError)]
    [InlineData("ValidationException", UnreadableKind.ServiceError)]
    public void An_error_code_says_what_kind_of_trouble_it_is(string code, UnreadableKind kind)
    {
        var why = ErrorClassifier.Classify(Answered(code), "svc:Action", "eu-west-1", foreign: false);

        Assert.Equal(new Unreadable("svc:Action", "eu-west-1", code, kind, "No."), why);
    }

    [Theory]
    [InlineData("TrailNotFoundException", UnreadableKind.ForeignOwner)]
    [InlineData("CloudTrailARNInvalidException", UnreadableKind.ForeignOwner)]
    [InlineData("InvalidTrailNameException", UnreadableKind.ForeignOwner)]
    [InlineData("NoManagementAccountSLRExistsException", UnreadableKind.ForeignOwner)]
    [InlineData("AuthorizationError", UnreadableKind.ForeignOwner)]
    [InlineData("AccessDeniedException", UnreadableKind.AccessDenied)]
    [InlineData("ExpiredToken", UnreadableKind.CredentialsRejected)]
    [InlineData("Throttling", UnreadableKind.Throttled)]
    public void A_refusal_about_another_accounts_thing_is_its_owners(string code, UnreadableKind kind) =>
        Assert.Equal(kind, ErrorClassifier.Classify(Answered(code), "svc:Action", "", foreign: true).Kind);

    [Theory]
    [InlineData("with an explicit deny in a service control policy", UnreadableKind.ScpDenied, "svc:Action was denied by a service control policy (UnauthorizedOperation)")]
    [InlineData("because no service control policy allows the svc:Action action", UnreadableKind.ScpDenied, "svc:Action was denied by a service control policy (UnauthorizedOperation)")]
    [InlineData("with an explicit deny in a resource control policy", UnreadableKind.ScpDenied, "svc:Action was denied by a resource control policy (UnauthorizedOperation)")]
    [InlineData("because no resource control policy allows the svc:Action action", UnreadableKind.ScpDenied, "svc:Action was denied by a resource control policy (UnauthorizedOperation)")]
    [InlineData("with an explicit deny in an identity-based policy", UnreadableKind.AccessDenied, "svc:Action was denied (UnauthorizedOperation)")]
    [InlineData("because no identity-based policy allows the svc:Action action", UnreadableKind.AccessDenied, "svc:Action was denied (UnauthorizedOperation)")]
    public void A_denial_by_a_policy_of_the_organisation_is_told_by_the_message(string how, UnreadableKind kind, string text)
    {
        var message = $"User: arn:aws:iam::111122223333:user/a is not authorized to perform: svc:Action {how}";

        var why = ErrorClassifier.Classify(Answered("UnauthorizedOperation", message), "svc:Action", "", false);

        Assert.Equal((kind, text), (why.Kind, why.ToString()));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, UnreadableKind.ServiceError, "HTTP 503")]
    [InlineData(HttpStatusCode.NotFound, UnreadableKind.Malformed, "HTTP 404")]
    [InlineData(HttpStatusCode.Forbidden, UnreadableKind.Malformed, "HTTP 403")]
    public void An_error_without_a_code_is_not_worded_by_AWS(HttpStatusCode status, UnreadableKind kind, string code)
    {
        var why = ErrorClassifier.Classify(new AmazonServiceException("m", null, ErrorType.Unknown, null, null, status), "", "", false);

        Assert.Equal((kind, code), (why.Kind, why.ErrorCode));
    }

    public static TheoryData<Exception, UnreadableKind, string> WithoutAnswer => new()
    {
        { new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), UnreadableKind.Unreachable, "NameResolutionFailure" },
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), UnreadableKind.Unreachable, "ConnectFailure" },
        { new AmazonServiceException("x", new HttpRequestException("x", new IOException("reset"))), UnreadableKind.Unreachable, "ConnectFailure" },
        { new HttpRequestException("x", new AuthenticationException("bad certificate")), UnreadableKind.Unreachable, "TlsFailure" },
        { new TimeoutException("30 seconds"), UnreadableKind.Unreachable, "Timeout" },
        { new TaskCanceledException(), UnreadableKind.Unreachable, "Timeout" },
        { new AmazonUnmarshallingException("r", null, new XmlException("<html>")), UnreadableKind.Malformed, "NotUnderstood" },
        { new XmlException("<html>"), UnreadableKind.Malformed, "NotUnderstood" },
        { new JsonException("<html>"), UnreadableKind.Malformed, "NotUnderstood" },
        { new FormatException("not base64"), UnreadableKind.Malformed, "NotUnderstood" },
        { new InvalidDataException("no SummaryMap"), UnreadableKind.Malformed, "NotUnderstood" },
        { new ArithmeticException("?"), UnreadableKind.ServiceError, "ArithmeticException" },
        { new WebException("closed", WebExceptionStatus.KeepAliveFailure), UnreadableKind.Unreachable, "ConnectFailure" },
        { WithoutCode(HttpStatusCode.BadGateway, new WebException("(502)", WebExceptionStatus.ProtocolError)), UnreadableKind.ServiceError, "HTTP 502" },
        { WithoutCode(HttpStatusCode.RequestTimeout, new WebException("(408)", WebExceptionStatus.ProtocolError)), UnreadableKind.Malformed, "HTTP 408" },
        { new FileNotFoundException("Could not load file or assembly 'CsvHelper'."), UnreadableKind.ServiceError, "FileNotFoundException" },
        { new TypeInitializationException("x", new FileLoadException("x")), UnreadableKind.ServiceError, "TypeInitializationException" },
    };

    [Theory]
    [MemberData(nameof(WithoutAnswer), DisableDiscoveryEnumeration = true)]
    public void What_is_no_answer_is_told_by_its_cause(Exception exception, UnreadableKind kind, string code)
    {
        var why = ErrorClassifier.Classify(exception, "svc:Action", "eu-west-1", foreign: false);

        Assert.Equal((kind, code), (why.Kind, why.ErrorCode));
    }

    [Fact]
    public void A_message_is_one_line() =>
        Assert.Equal("a b", ErrorClassifier.Classify(Answered("X", "a\r\nb\n"), "", "", false).Message);

    private static AmazonServiceException WithoutCode(HttpStatusCode status, Exception inner) => new("x", inner, ErrorType.Unknown, null, null, status);

    private static AmazonServiceException Answered(string code, string message = "No.") =>
        new(message, null, ErrorType.Sender, code, "r", HttpStatusCode.BadRequest);
}
