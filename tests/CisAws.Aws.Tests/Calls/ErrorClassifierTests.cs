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
    [InlineData("AccessDenied", ReadFailureKind.AccessDenied)]
    [InlineData("AccessDeniedException", ReadFailureKind.AccessDenied)]
    [InlineData("UnauthorizedOperation", ReadFailureKind.AccessDenied)]
    [InlineData("AuthorizationError", ReadFailureKind.AccessDenied)]
    [InlineData("Forbidden", ReadFailureKind.AccessDenied)]
    [InlineData("ExpiredToken", ReadFailureKind.CredentialsRejected)]
    [InlineData("ExpiredTokenException", ReadFailureKind.CredentialsRejected)]
    [InlineData("RequestExpired", ReadFailureKind.CredentialsRejected)]
    [InlineData("InvalidClientTokenId", ReadFailureKind.CredentialsRejected)]
    [InlineData("UnrecognizedClientException", ReadFailureKind.CredentialsRejected)]
    [InlineData("AuthFailure", ReadFailureKind.CredentialsRejected)]
    [InlineData("SignatureDoesNotMatch", ReadFailureKind.CredentialsRejected)]
    [InlineData("InvalidAccessKeyId", ReadFailureKind.CredentialsRejected)]
    [InlineData("Throttling", ReadFailureKind.Throttled)]
    [InlineData("ThrottlingException", ReadFailureKind.Throttled)]
    [InlineData("Throttled", ReadFailureKind.Throttled)] // SNS
    [InlineData("RequestLimitExceeded", ReadFailureKind.Throttled)]
    [InlineData("TooManyRequestsException", ReadFailureKind.Throttled)]
    [InlineData("SlowDown", ReadFailureKind.Throttled)]
    [InlineData("OptInRequired", ReadFailureKind.NotSupported)]
    [InlineData("SubscriptionRequiredException", ReadFailureKind.NotSupported)]
    [InlineData("UnsupportedOperation", ReadFailureKind.ServiceError)]
    [InlineData("UnsupportedOperationException", ReadFailureKind.ServiceError)]
    [InlineData("UnknownOperationException", ReadFailureKind.ServiceError)]
    [InlineData("TrailNotFoundException", ReadFailureKind.ServiceError)]
    [InlineData("InternalFailure", ReadFailureKind.ServiceError)]
    [InlineData("ValidationException", ReadFailureKind.ServiceError)]
    public void An_error_code_says_what_kind_of_problem_it_is(string code, ReadFailureKind kind)
    {
        var why = ErrorClassifier.Classify(Answered(code), "svc:Action", "eu-west-1", foreign: false);

        Assert.Equal(new ReadFailure("svc:Action", "eu-west-1", code, kind, "No."), why);
    }

    [Theory]
    [InlineData("TrailNotFoundException", ReadFailureKind.ForeignOwner)]
    [InlineData("CloudTrailARNInvalidException", ReadFailureKind.ForeignOwner)]
    [InlineData("InvalidTrailNameException", ReadFailureKind.ForeignOwner)]
    [InlineData("NoManagementAccountSLRExistsException", ReadFailureKind.ForeignOwner)]
    [InlineData("AuthorizationError", ReadFailureKind.ForeignOwner)]
    [InlineData("AccessDeniedException", ReadFailureKind.AccessDenied)]
    [InlineData("ExpiredToken", ReadFailureKind.CredentialsRejected)]
    [InlineData("Throttling", ReadFailureKind.Throttled)]
    public void A_refusal_about_another_accounts_thing_is_its_owners(string code, ReadFailureKind kind) =>
        Assert.Equal(kind, ErrorClassifier.Classify(Answered(code), "svc:Action", "", foreign: true).Kind);

    [Theory]
    [InlineData("with an explicit deny in a service control policy", ReadFailureKind.ScpDenied, "svc:Action was denied by a service control policy")]
    [InlineData("because no service control policy allows the svc:Action action", ReadFailureKind.ScpDenied, "svc:Action was denied by a service control policy")]
    [InlineData("with an explicit deny in a resource control policy", ReadFailureKind.ScpDenied, "svc:Action was denied by a resource control policy")]
    [InlineData("because no resource control policy allows the svc:Action action", ReadFailureKind.ScpDenied, "svc:Action was denied by a resource control policy")]
    [InlineData("with an explicit deny in an identity-based policy", ReadFailureKind.AccessDenied, "svc:Action was denied")]
    [InlineData("because no identity-based policy allows the svc:Action action", ReadFailureKind.AccessDenied, "svc:Action was denied")]
    public void A_denial_by_a_policy_of_the_organisation_is_told_by_the_message(string how, ReadFailureKind kind, string text)
    {
        var message = $"User: arn:aws:iam::111122223333:user/a is not authorized to perform: svc:Action {how}";

        var why = ErrorClassifier.Classify(Answered("UnauthorizedOperation", message), "svc:Action", "", false);

        Assert.Equal((kind, text), (why.Kind, why.ToString()));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, ReadFailureKind.ServiceError, "HTTP 503")]
    [InlineData(HttpStatusCode.NotFound, ReadFailureKind.Malformed, "HTTP 404")]
    [InlineData(HttpStatusCode.Forbidden, ReadFailureKind.Malformed, "HTTP 403")]
    public void An_error_without_a_code_is_not_worded_by_AWS(HttpStatusCode status, ReadFailureKind kind, string code)
    {
        var why = ErrorClassifier.Classify(new AmazonServiceException("m", null, ErrorType.Unknown, null, null, status), "", "", false);

        Assert.Equal((kind, code), (why.Kind, why.ErrorCode));
    }

    public static TheoryData<Exception, ReadFailureKind, string> WithoutAnswer => new()
    {
        { new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), ReadFailureKind.Unreachable, "NameResolutionFailure" },
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), ReadFailureKind.Unreachable, "ConnectFailure" },
        { new AmazonServiceException("x", new HttpRequestException("x", new IOException("reset"))), ReadFailureKind.Unreachable, "ConnectFailure" },
        { new HttpRequestException("x", new AuthenticationException("bad certificate")), ReadFailureKind.Unreachable, "TlsFailure" },
        { new TimeoutException("30 seconds"), ReadFailureKind.Unreachable, "Timeout" },
        { new TaskCanceledException(), ReadFailureKind.Unreachable, "Timeout" },
        { new AmazonUnmarshallingException("r", null, new XmlException("<html>")), ReadFailureKind.Malformed, "NotUnderstood" },
        { new XmlException("<html>"), ReadFailureKind.Malformed, "NotUnderstood" },
        { new JsonException("<html>"), ReadFailureKind.Malformed, "NotUnderstood" },
        { new FormatException("not base64"), ReadFailureKind.Malformed, "NotUnderstood" },
        { new InvalidDataException("no SummaryMap"), ReadFailureKind.Malformed, "NotUnderstood" },
        { new ArithmeticException("?"), ReadFailureKind.ServiceError, "ArithmeticException" },
        { new WebException("closed", WebExceptionStatus.KeepAliveFailure), ReadFailureKind.Unreachable, "ConnectFailure" },
        { WithoutCode(HttpStatusCode.BadGateway, new WebException("(502)", WebExceptionStatus.ProtocolError)), ReadFailureKind.ServiceError, "HTTP 502" },
        { WithoutCode(HttpStatusCode.RequestTimeout, new WebException("(408)", WebExceptionStatus.ProtocolError)), ReadFailureKind.Malformed, "HTTP 408" },
        { new FileNotFoundException("Could not load file or assembly 'CsvHelper'."), ReadFailureKind.ServiceError, "FileNotFoundException" },
        { new TypeInitializationException("x", new FileLoadException("x")), ReadFailureKind.ServiceError, "TypeInitializationException" },
    };

    [Theory]
    [MemberData(nameof(WithoutAnswer), DisableDiscoveryEnumeration = true)]
    public void What_is_no_answer_is_told_by_its_cause(Exception exception, ReadFailureKind kind, string code)
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
