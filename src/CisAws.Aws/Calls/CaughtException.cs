using System;

namespace CisAws.Aws.Calls;

/// <summary>
/// What was caught, as the other side of the connector may see it: its class and stack trace, and its message without secrets. The exception itself
/// is not passed on: an error record must contain neither a secret nor a type of the SDK.
/// </summary>
internal sealed class CaughtException : Exception
{
    private CaughtException(Exception exception) : base($"{exception.GetType().FullName}: {MessageRedactor.Of(exception)}", Of(exception.InnerException)) =>
        StackTrace = exception.StackTrace;

    public override string? StackTrace { get; }

    public static CaughtException? Of(Exception? exception) => exception is null ? null : new(exception);
}
