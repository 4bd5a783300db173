using System;
using CisAws.Evidence;

namespace CisAws.Connections;

/// <summary>A call to AWS that a cmdlet requires failed.</summary>
/// <param name="why">The call, and what AWS said.</param>
/// <param name="innerException">What was caught.</param>
internal sealed class CallException(ReadFailure why, Exception innerException) : Exception(why.ToString(), innerException)
{
    /// <summary>The call, and what AWS said.</summary>
    public ReadFailure Why { get; } = why;
}
