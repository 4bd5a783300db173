using System;
using System.Reflection;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Credentials of another library, known by the names of their members, because their type belongs to another copy of the
/// SDK: the answer of Get-STSSessionToken or Use-STSRole (AccessKeyId, SecretAccessKey, SessionToken), or an AWSCredentials
/// object, which is asked again for each call and so may renew itself.
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

    public static AWSCredentials Of(object foreign)
    {
        if (foreign is AWSCredentials own)
        {
            return own;
        }

        if (foreign.GetType().GetMethod("GetCredentials", Type.EmptyTypes) is { } method)
        {
            return new BridgedCredentials(foreign, method);
        }

        if (Text(foreign, "AccessKeyId") is { } key && Text(foreign, "SecretAccessKey") is { } secret)
        {
            return Text(foreign, "SessionToken") is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
        }

        throw new ConnectionException(
            ConnectionTrouble.InvalidOption,
            $"A {foreign.GetType().FullName} is not a credentials object.",
            "Give -Credential what Get-AWSCredential, New-AWSCredential or (Use-STSRole ...).Credentials answer.");
    }

    public override ImmutableCredentials GetCredentials()
    {
        object? answer;
        try
        {
            answer = _getCredentials.Invoke(_foreign, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw new AmazonClientException(e.InnerException.Message, e.InnerException);
        }

        return answer is not null && Text(answer, "AccessKey") is { } key && Text(answer, "SecretKey") is { } secret
            ? new ImmutableCredentials(key, secret, Text(answer, "Token"))
            : throw new AmazonClientException($"{_foreign.GetType().FullName}.GetCredentials() answered no keys.");
    }

    public override Task<ImmutableCredentials> GetCredentialsAsync() => Task.Run(GetCredentials);

    private static string? Text(object of, string property) => of.GetType().GetProperty(property)?.GetValue(of) as string is { Length: > 0 } text ? text : null;
}
