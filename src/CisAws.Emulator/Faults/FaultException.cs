using System;
using CisAws.Evidence;

namespace CisAws.Emulator.Faults;

/// <summary>A call that fails: because a fault is injected, or because the evidence records that the resource was unreadable.</summary>
internal sealed class FaultException : Exception
{
    public FaultException(FaultEffect effect) => Effect = effect;

    /// <summary>The failure that the evidence records.</summary>
    public FaultException(ReadFailure why) : base(why.Message)
    {
        Effect = EffectOf(why.Kind);
        Code = why.ErrorCode;
        RecordedMessage = why.Message;
    }

    public FaultEffect Effect { get; }

    /// <summary>The recorded error code; empty for the service's own.</summary>
    public string Code { get; } = "";

    /// <summary>The recorded message; empty for the service's own.</summary>
    public string RecordedMessage { get; } = "";

    private static FaultEffect EffectOf(ReadFailureKind kind) => kind switch
    {
        ReadFailureKind.AccessDenied => FaultEffect.AccessDenied,
        ReadFailureKind.ScpDenied => FaultEffect.ScpDenied,
        ReadFailureKind.ForeignOwner => FaultEffect.ForeignOwner,
        ReadFailureKind.Throttled => FaultEffect.Throttled,
        ReadFailureKind.CredentialsRejected => FaultEffect.CredentialsExpired,
        ReadFailureKind.RegionDisabled => FaultEffect.RegionDisabled,
        ReadFailureKind.NotSupported => FaultEffect.NotOffered,
        ReadFailureKind.Unreachable => FaultEffect.Reset,
        ReadFailureKind.Deadline => FaultEffect.Hang,
        ReadFailureKind.Malformed => FaultEffect.Html,
        _ => FaultEffect.ServiceError,
    };
}
