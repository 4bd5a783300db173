using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator.Services;

/// <summary>One operation of a service.</summary>
/// <param name="Name">The operation's name; its IAM action is often of the same name.</param>
/// <param name="Action">The IAM action: <c>s3:ListBucket</c> for HeadBucket.</param>
/// <param name="Answer">Answers a call.</param>
internal sealed record Operation(string Name, string Action, Func<Call, Shape> Answer);

/// <summary>An AWS service: its protocols, its error codes and its operations.</summary>
internal sealed class Service : IEnumerable<Operation>
{
    private readonly Dictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly string _prefix;
    private readonly Protocol[] _protocols;

    /// <param name="signingName">The service in a credential scope.</param>
    /// <param name="prefix">The service in an IAM action.</param>
    /// <param name="errorCodes">The errors that every service has, as this one writes them.</param>
    /// <param name="protocols">What it speaks; the first that a request speaks is used.</param>
    public Service(string signingName, string prefix, ServiceErrorCodes errorCodes, params Protocol[] protocols)
    {
        SigningName = signingName;
        _prefix = prefix;
        ServiceErrorCodes = errorCodes;
        _protocols = protocols;
    }

    public string SigningName { get; }

    public ServiceErrorCodes ServiceErrorCodes { get; }

    /// <summary>True when the service does not belong to a region; STS answers everywhere with the same.</summary>
    public bool IsGlobal => SigningName is "iam" or "sts" or "account" or "organizations";

    public Protocol? ProtocolOf(AwsRequest request) => _protocols.FirstOrDefault(p => p.Speaks(request));

    public void Add(string name, Func<Call, Shape> answer) => Add(name, name, name, answer);

    /// <summary>Adds an operation whose request does not carry its name, or whose action is of another name.</summary>
    public void Add(string request, string name, string action, Func<Call, Shape> answer) =>
        _operations.Add(request, new Operation(name, $"{_prefix}:{action}", answer));

    public Operation Find(string request) => _operations.TryGetValue(request, out var operation)
        ? operation
        : throw new AwsError(
            ServiceErrorCodes.UnknownOperation.Code, ServiceErrorCodes.UnknownOperation.Status,
            $"The emulator does not serve '{request}' of {_prefix}. It serves {string.Join(", ", _operations.Values.Select(o => o.Name))}.");

    public IEnumerator<Operation> GetEnumerator() => _operations.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
