using System;
using System.Collections.Generic;
using System.Globalization;

namespace CisAws.Emulator.Wire;

/// <summary>An answer as it goes over the wire.</summary>
internal sealed record WireResponse(int Status, string ContentType, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];
}

/// <summary>The operation that is requested: its name, or the method and path where the protocol has no names.</summary>
internal sealed record WireCall(string Operation, Input Input);

/// <summary>
/// One of AWS's wire protocols: how operations and parameters are read, and structures and errors are written.
/// See https://smithy.io/2.0/aws/protocols/index.html.
/// </summary>
internal abstract class Protocol
{
    /// <summary>True when the request speaks this protocol; a service's protocols are tried in order.</summary>
    public abstract bool Speaks(AwsRequest request);

    public abstract WireCall Read(AwsRequest request);

    public abstract WireResponse Write(string operation, Shape answer, string requestId);

    public abstract WireResponse WriteError(AwsError error, string requestId);

    /// <summary>A well-formed answer that is not the one documented.</summary>
    public abstract WireResponse WriteNonsense();

    /// <summary>ISO 8601 in UTC, with as many digits as the time needs.</summary>
    protected static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970, with as many digits as the time needs.</summary>
    protected static decimal EpochSeconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;
}
