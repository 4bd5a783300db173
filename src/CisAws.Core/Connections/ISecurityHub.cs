using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Connections;

/// <summary>AWS Security Hub of one account in one region. Its findings are JSON in the AWS Security Finding Format.</summary>
internal interface ISecurityHub
{
    /// <summary>The region.</summary>
    string Region { get; }

    /// <summary>The findings, also archived ones, whose generator begins with a text, of all pages.</summary>
    /// <exception cref="CallException">The call failed.</exception>
    Task<IReadOnlyList<JsonElement>> GetFindingsAsync(string generatorPrefix, CancellationToken cancellationToken);

    /// <summary>Imports findings, and returns those that were refused.</summary>
    /// <param name="findings">100 at most.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CallException">The call failed.</exception>
    Task<IReadOnlyList<RefusedFinding>> ImportFindingsAsync(IReadOnlyList<JsonElement> findings, CancellationToken cancellationToken);

    /// <summary>Sets the workflow status of findings, with a note, and returns those that were refused.</summary>
    /// <param name="ids">The IDs of the findings, 100 at most.</param>
    /// <param name="productArn">The ARN of the product that they are of.</param>
    /// <param name="status">NEW or SUPPRESSED.</param>
    /// <param name="note">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CallException">The call failed.</exception>
    Task<IReadOnlyList<RefusedFinding>> SetWorkflowStatusAsync(
        IReadOnlyList<string> ids, string productArn, string status, string note, CancellationToken cancellationToken);
}

/// <summary>A finding that Security Hub did not take.</summary>
/// <param name="Id">The ID of the finding.</param>
/// <param name="ErrorCode">Why, for machines.</param>
/// <param name="Message">Why.</param>
internal sealed record RefusedFinding(string Id, string ErrorCode, string Message);
