using System;
using System.Globalization;

namespace CisAws.Evidence;

/// <summary>How long one piece of evidence was read.</summary>
/// <param name="Action">The IAM action.</param>
/// <param name="Region">The region that was asked; empty for a global service.</param>
/// <param name="Duration">The time from the request to the answer, in which the call may have waited for others.</param>
internal sealed record TimedRead(string Action, string Region, TimeSpan Duration)
{
    /// <summary><c>ec2:DescribeVpcs eu-west-1 52</c>: the duration in milliseconds.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} {1:0}", Region.Length == 0 ? Action : $"{Action} {Region}", Duration.TotalMilliseconds);
}
