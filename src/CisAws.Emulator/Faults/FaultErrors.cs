using System;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator.Faults;

/// <summary>Turns a fault into the error of the service that is called, or into the error that the evidence recorded.</summary>
internal static class FaultErrors
{
    private const string ScpPhrase = "explicit deny in a service control policy";

    /// <param name="fault">What happens to the call.</param>
    /// <param name="principal">The ARN of the caller.</param>
    /// <param name="action">The IAM action of the call.</param>
    /// <param name="codes">The errors of the service.</param>
    public static AwsError For(FaultException fault, string principal, string action, ServiceErrorCodes codes)
    {
        var word = ErrorFor(fault.Effect, codes);
        var scp = fault.Effect == FaultEffect.ScpDenied;
        var message = fault.RecordedMessage;
        if (message.Length == 0 || (scp && !message.Contains(ScpPhrase, StringComparison.Ordinal)))
        {
            message = word.Message.Length > 0
                ? word.Message
                : $"User: {principal} is not authorized to perform: {action} " +
                  (scp ? $"with an {ScpPhrase}" : $"because no identity-based policy allows the {action} action");
        }

        return new AwsError(fault.Code.Length > 0 ? fault.Code : word.Code, word.Status, message);
    }

    private static ServiceError ErrorFor(FaultEffect effect, ServiceErrorCodes codes) => effect switch
    {
        FaultEffect.AccessDenied or FaultEffect.ScpDenied => codes.AccessDenied,
        FaultEffect.ForeignOwner => codes.ForeignOwner ?? codes.AccessDenied,
        FaultEffect.Throttled => codes.Throttled,
        FaultEffect.CredentialsExpired => codes.Expired,
        FaultEffect.ClockSkew => codes.Skewed,
        FaultEffect.RegionDisabled => codes.RegionDisabled,
        FaultEffect.NotOffered => codes.NotOffered,
        _ => codes.Failure,
    };
}
