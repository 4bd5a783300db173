using System;

namespace CisAws.Aws.Calls;

/// <summary>
/// What was caught, told to the other side of the connector: its class and place, and its words as far as they may be repeated.
/// The exception itself stays here: whoever looks into an error must find neither a secret nor a type of the SDK.
/// </summary>
internal sealed class CaughtException : Exception
{
    private CaughtException(Exception exception) : base($"{exception.GetType().FullName}: {MessageRedactor.Of(exception)}", Of(exception.InnerException)) =>
        StackTrace = exception.StackTrace;

    public override string? StackTrace { get; }

    public static CaughtException? Of(Exception? exception) => exception is null ? null : new(exception);
}
