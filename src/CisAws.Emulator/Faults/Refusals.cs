using System;
using CisAws.Emulator.Services;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator.Faults;

/// <summary>Words a fault as the service at hand words it, or as the evidence recorded it.</summary>
internal static class Refusals
{
    private const string ScpPhrase = "explicit deny in a service control policy";

    public static AwsError For(FaultException fault, Call call, string action, ServiceErrorCodes wording)
    {
        var word = wording.For(fault.Effect);
        var scp = fault.Effect == FaultEffect.ScpDenied;
        var message = fault.RecordedMessage;
        if (message.Length == 0 || (scp && !message.Contains(ScpPhrase, StringComparison.Ordinal)))
        {
            message = word.Message.Length > 0
                ? word.Message
                : $"User: {call.Principal.Arn} is not authorized to perform: {action} " +
                  (scp ? $"with an {ScpPhrase}" : $"because no identity-based policy allows the {action} action");
        }

        return new AwsError(fault.Code.Length > 0 ? fault.Code : word.Code, word.Status, message);
    }
}
