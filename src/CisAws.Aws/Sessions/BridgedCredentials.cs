using System;
using System.Reflection;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Credentials of another library, known by the names of their members, because their type belongs to another copy of the
/// SDK. An AWSCredentials object is asked again for each call, so that its owner renews what expires.
/// </summary>
internal sealed class BridgedCredentials : AWSCredentials
{
    private readonly object _foreign;
    private readonly MethodInfo _getCredentials;

    private BridgedCredentials(object foreign, MethodInfo getCredentials)
    {
        _foreign = foreign;
        _getCredentials = getCredentials;
    }

    /// <param name="foreign">
    /// An AWSCredentials object; what bears one as its Credentials, as $StoredAWSCredentials and the response of Use-STSRole do;
    /// or keys (AccessKeyId, SecretAccessKey, SessionToken), as the response of Get-STSSessionToken.
    /// </param>
    /// <param name="name">What to call it in an error.</param>
    public static AWSCredentials Of(object foreign, string name)
    {
        if (foreign.GetType().GetMethod("GetCredentials", Type.EmptyTypes) is { } method)
        {
            return new BridgedCredentials(foreign, method);
        }

        if (Text(foreign, "AccessKeyId") is { } key && Text(foreign, "SecretAccessKey") is { } secret)
        {
            return Text(foreign, "SessionToken") is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
        }

        if (Value(foreign, "Credentials") is { } held)
        {
            return Of(held, name);
        }

        throw new ConnectionException(
            ConnectionProblem.InvalidOption,
            $"{name} is a {foreign.GetType().FullName}, which is not a credentials object.",
            "Use the output of Get-AWSCredential, New-AWSCredential or Use-STSRole, a PSCredential, or a hashtable with AccessKeyId and SecretAccessKey.");
    }

    /// <summary>What AWS Tools call the credentials: the profile's name; empty when they have none.</summary>
    public static string NameOf(object foreign) => Value(foreign, "Name") as string ?? "";

    public override ImmutableCredentials GetCredentials()
    {
        object? answer;
        try
        {
            answer = _getCredentials.Invoke(_foreign, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw new AmazonClientException(MessageRedactor.Of(e.InnerException), e.InnerException);
        }

        return answer is not null && Text(answer, "AccessKey") is { } key && Text(answer, "SecretKey") is { } secret
            ? new ImmutableCredentials(key, secret, Text(answer, "Token"))
            : throw new AmazonClientException($"{_foreign.GetType().FullName}.GetCredentials() returned no keys.");
    }

    public override Task<ImmutableCredentials> GetCredentialsAsync() => Task.Run(GetCredentials);

    private static string? Text(object of, string property) => Value(of, property) as string is { Length: > 0 } text ? text : null;

    /// <summary>The members of the object in $StoredAWSCredentials are internal to AWS Tools.</summary>
    private static object? Value(object of, string property) =>
        of.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(of);
}
