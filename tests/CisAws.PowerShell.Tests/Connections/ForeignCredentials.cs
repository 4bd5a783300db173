using System;
using CisAws.Evidence;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>Credentials as another copy of the AWS SDK has them.</summary>
public sealed class ForeignCredentials(string accessKey, string secretKey, string token = "")
{
    /// <summary>How often keys were asked for.</summary>
    public int Asked { get; private set; }

    public object GetCredentials()
    {
        Asked++;
        return new { AccessKey = accessKey, SecretKey = secretKey, Token = token };
    }
}

/// <summary>What Set-AWSCredential keeps in $StoredAWSCredentials: its members are internal, and it prints its name.</summary>
public sealed class StoredCredentials(object credentials, string name)
{
    internal object Credentials { get; } = credentials;

    internal string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>Credentials whose owner's credential_process fails; the class has the name of the SDK's.</summary>
public sealed class FailingCredentials(string printed)
{
    public object GetCredentials() => throw new ProcessAWSCredentialException($"Command returned non-zero exit value 1 with the error - {printed}");

    private sealed class ProcessAWSCredentialException(string message) : Exception(message);
}
