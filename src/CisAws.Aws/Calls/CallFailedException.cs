using System;
using CisAws.Evidence;

namespace CisAws.Aws.Calls;

/// <summary>A call to AWS that failed, classified. A source catches it where an error code says "there is none".</summary>
internal sealed class CallFailedException : Exception
{
    public CallFailedException(ReadFailure why, Exception? innerException = null) : base(why.ToString(), innerException) => Why = why;

    public ReadFailure Why { get; }

    /// <summary>The error code AWS answered with; a name of ours when no answer came.</summary>
    public string ErrorCode => Why.ErrorCode;
}
