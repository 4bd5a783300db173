using System;
using System.Text.RegularExpressions;

namespace CisAws.Aws.Calls;

/// <summary>
/// What may be repeated of the words of services, processes and libraries. They end in errors, tables and files, and some
/// of them repeat what they were given.
/// </summary>
internal static class MessageRedactor
{
    /// <summary>SignatureDoesNotMatch repeats the request as it should have been signed, with the session token among its headers.</summary>
    private static readonly Regex Request = new(@"\s*The Canonical String for this request.*", RegexOptions.Singleline);

    /// <summary>The SDK repeats the line of a credentials file that it does not understand.</summary>
    private static readonly Regex FileLine = new(@"(Line [0-9]+):<.*>( in file )", RegexOptions.Singleline);

    /// <summary>The JSON reader repeats what it does not understand, which may be the whole answer of a container or a process.</summary>
    private static readonly Regex JsonText = new("'.*'(?= is (an )?invalid )", RegexOptions.Singleline);

    /// <summary>The SDK repeats the endpoint of an environment variable or a profile that it cannot use.</summary>
    private static readonly Regex InvalidUrl = new("(?<=not a valid URL): .*", RegexOptions.Singleline);

    private static readonly Regex KeyId = new(@"\b(A[KS]IA)[A-Z0-9]{8,}([A-Z0-9]{4})\b");

    private static readonly Regex Login = new(@"(?<=://)[^/?#@\s]+@");

    /// <summary>What follows the path of an address may be a secret as well as a login may.</summary>
    private static readonly Regex Query = new(@"(?<=://[^\s?#'""<>]*)[?#][^\s'""<>]*");

    /// <summary>Whether a profile's credential_process failed. By name: the exception may belong to another copy of the SDK.</summary>
    public static bool IsOfProcess(Exception exception) => exception.GetType().Name == "ProcessAWSCredentialException";

    /// <summary>An exception's message, as far as it may be repeated: without what a credential_process printed.</summary>
    public static string Of(Exception exception)
    {
        if (!IsOfProcess(exception))
        {
            return Of(exception.Message);
        }

        var ended = exception.Message.Split([" with the error"], StringSplitOptions.None)[0].TrimEnd('.');
        return $"The profile's credential_process returned no credentials: {ended}.";
    }

    /// <summary>An endpoint as it was given, which need not be an address: without a login, a query and a fragment.</summary>
    public static string OfEndpoint(string url)
    {
        var shown = url.Split('?', '#')[0];
        var scheme = shown.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + "://".Length;
        return Of(shown.Substring(0, start) + shown.Substring(Math.Max(start, shown.LastIndexOf('@') + 1)));
    }

    /// <summary>Text, as far as it may be repeated.</summary>
    public static string Of(string? text)
    {
        var redacted = Request.Replace(text ?? "", "");
        redacted = FileLine.Replace(redacted, "$1$2");
        redacted = JsonText.Replace(redacted, "the text");
        redacted = InvalidUrl.Replace(redacted, ".");
        redacted = KeyId.Replace(redacted, "$1...$2");
        return Query.Replace(Login.Replace(redacted, ""), "");
    }
}
