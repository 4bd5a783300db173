using System;
using System.Collections.Generic;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Emulator;

/// <summary>How an emulator behaves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>How long each answer is held back.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many items a page has at most; null for as many as the services themselves give.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether signatures are checked. The Authorization header is needed all the same: it names service and region.</summary>
    public bool RequireSignature { get; init; } = true;

    /// <summary>The faults to inject.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Called for each request that was received, before it is answered; null for nothing.</summary>
    public Action<EmulatorRequest>? OnRequest { get; init; }
}

/// <summary>A request that the emulator received, whatever the answer was.</summary>
/// <param name="Service">The service, as a credential scope names it: <c>monitoring</c> is CloudWatch; empty when the request has no scope.</param>
/// <param name="Operation">The operation: <c>DescribeAlarms</c>; empty when it was not understood.</param>
/// <param name="Action">The IAM action: <c>cloudwatch:DescribeAlarms</c>; empty when the operation is not served.</param>
/// <param name="Region">The region of the credential scope.</param>
/// <param name="Principal">The ARN of who signed; empty when the access key is not known.</param>
/// <param name="Arguments">The parameters, as JSON; empty when the operation was not understood.</param>
public sealed record EmulatorRequest(string Service, string Operation, string Action, string Region, string Principal, string Arguments);
