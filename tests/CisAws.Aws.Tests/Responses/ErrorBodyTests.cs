using CisAws.Aws.Calls.Responses;
using CisAws.Aws.Clients;

namespace CisAws.Aws.Tests.Responses;

public class ErrorBodyTests
{
    [Theory]
    [InlineData("""{"__type":"com.amazonaws.cloudtrail.v20131101#TrailNotFoundException","message":"m"}""", null, "TrailNotFoundException", "m")]
    [InlineData("""{"__type":"ThrottlingException","Message":"m"}""", null, "ThrottlingException", "m")]
    [InlineData("""{"message":"m"}""", "AccessDeniedException:http://internal.amazon.com/coral/", "AccessDeniedException", "m")]
    [InlineData("""{"code":"ResourceNotFoundException","message":"m"}""", null, "ResourceNotFoundException", "m")]
    [InlineData("<ErrorResponse xmlns='https://iam.amazonaws.com/doc/2010-05-08/'><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>", null, "NoSuchEntity", "m")]
    [InlineData("<?xml version='1.0'?>\n<Error><Code>NoSuchBucketPolicy</Code><Message>m</Message></Error>", null, "NoSuchBucketPolicy", "m")]
    [InlineData("<html><body><h1>502 Bad Gateway</h1></body></html>", null, null, null)]
    [InlineData("<!DOCTYPE html><html><br></html>", null, null, null)]
    [InlineData("Bad Gateway", null, null, null)]
    [InlineData("[]", null, null, null)]
    [InlineData("", null, null, null)]
    public void An_error_is_read_in_every_protocols_words(string body, string? header, string? code, string? message)
    {
        var error = ErrorBody.Read(body, header);

        Assert.Equal((code, message), (error.Code, error.Message));
    }
}
