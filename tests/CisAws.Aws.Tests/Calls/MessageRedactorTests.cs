using System;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Tests.Calls;

/// <summary>What is repeated of the words of others.</summary>
public class MessageRedactorTests
{
    [Theory]
    [InlineData("The key AKIAIOSFODNN7EXAMPLE is disabled.", "The key AKIA...MPLE is disabled.")]
    [InlineData("No match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:t'", "No match.")]
    [InlineData("Line 3:<aws_secret_access_key s> in file /c does not contain a section.", "Line 3 in file /c does not contain a section.")]
    [InlineData("'s 't' u' is an invalid JSON literal. Expected 'true'.", "the text is an invalid JSON literal. Expected 'true'.")]
    [InlineData("https://user:pass@host/ and http://host/", "https://host/ and http://host/")]
    [InlineData("arn:aws:iam::111122223333:user/a@example.com may not", "arn:aws:iam::111122223333:user/a@example.com may not")]
    [InlineData(null, "")]
    public void Secrets_are_left_out_and_the_rest_is_kept(string? said, string told) => Assert.Equal(told, MessageRedactor.Of(said));

    [Fact]
    public void An_exception_is_told_with_its_causes_and_places()
    {
        var told = CaughtException.Of(Thrown("AKIAIOSFODNN7EXAMPLE"))!;

        Assert.Equal("System.InvalidOperationException: outer", told.Message);
        Assert.Equal("System.ArgumentException: AKIA...MPLE", told.InnerException?.Message);
        Assert.Contains(nameof(Thrown), told.StackTrace, StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown(string inner)
    {
        try
        {
            throw new InvalidOperationException("outer", new ArgumentException(inner));
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
