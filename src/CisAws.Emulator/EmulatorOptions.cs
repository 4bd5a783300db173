using System;
using System.Collections.Generic;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Emulator;

/// <summary>How an emulator behaves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>The delay of each response.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many calls to a service in a region are answered in a second; the others are throttled. Null for no limit.</summary>
    public int? Rate { get; init; }

    /// <summary>The time by which <see cref="Rate"/> counts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The maximum number of items on a page; null for the default of each service.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether signatures are checked. The Authorization header is required in any case: it contains service and region.</summary>
    public bool RequireSignature { get; init; } = true;

    /// <summary>The organization that the accounts are in; null if none can be listed.</summary>
    public EmulatedOrganization? Organization { get; init; }

    /// <summary>The faults to inject.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Called for each request, before the response; null for no call.</summary>
    public Action<EmulatorRequest>? OnRequest { get; init; }
}

/// <summary>A request that the emulator received, whatever the response.</summary>
/// <param name="Service">The service, as a credential scope names it: <c>monitoring</c> is CloudWatch; empty when the request has no scope.</param>
/// <param name="Operation">The operation: <c>DescribeAlarms</c>; empty when it was not understood.</param>
/// <param name="Action">The IAM action: <c>cloudwatch:DescribeAlarms</c>; empty when the operation is not served.</param>
/// <param name="Region">The region of the credential scope.</param>
/// <param name="Principal">The ARN of the caller; empty if the access key is unknown.</param>
/// <param name="Arguments">The parameters, as JSON; empty when the operation was not understood.</param>
public sealed record EmulatorRequest(string Service, string Operation, string Action, string Region, string Principal, string Arguments);
