using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Rules;

/// <summary>How to remediate a failure. Each way may have several steps or commands.</summary>
/// <param name="Summary">What has to be true afterwards, and what to watch out for, in a few sentences.</param>
/// <param name="Console">Steps in the AWS Management Console.</param>
/// <param name="Cli">Commands of the AWS CLI, for a POSIX shell with jq, such as AWS CloudShell.</param>
/// <param name="PowerShell">Commands of AWS Tools for PowerShell.</param>
public sealed record ControlRemediation(
    string Summary, IReadOnlyList<string> Console, IReadOnlyList<string> Cli, IReadOnlyList<string> PowerShell)
{
    /// <inheritdoc/>
    public override string ToString() => Summary;

    /// <summary>The remediation with each of its texts changed.</summary>
    internal ControlRemediation Select(Func<string, string> change) =>
        new(change(Summary), [.. Console.Select(change)], [.. Cli.Select(change)], [.. PowerShell.Select(change)]);
}
