using System;
using CisAws.Evidence;

namespace CisAws.Emulator.Faults;

/// <summary>A call that ends in trouble: because a fault was asked for, or because the evidence says that the thing was unreadable.</summary>
internal sealed class FaultException : Exception
{
    public FaultException(FaultEffect effect) => Effect = effect;

    /// <summary>The trouble that the evidence recorded.</summary>
    public FaultException(Unreadable why) : base(why.Message)
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

    private static FaultEffect EffectOf(UnreadableKind kind) => kind switch
    {
        UnreadableKind.AccessDenied => FaultEffect.AccessDenied,
        UnreadableKind.ScpDenied => FaultEffect.ScpDenied,
        UnreadableKind.ForeignOwner => FaultEffect.ForeignOwner,
        UnreadableKind.Throttled => FaultEffect.Throttled,
        UnreadableKind.CredentialsRejected => FaultEffect.CredentialsExpired,
        UnreadableKind.RegionDisabled => FaultEffect.RegionDisabled,
        UnreadableKind.NotSupported => FaultEffect.NotOffered,
        UnreadableKind.Unreachable => FaultEffect.Reset,
        UnreadableKind.Deadline => FaultEffect.Hang,
        UnreadableKind.Malformed => FaultEffect.Html,
        _ => FaultEffect.ServiceError,
    };
}
