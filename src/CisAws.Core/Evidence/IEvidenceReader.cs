using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>The account that evidence is about, and who reads it.</summary>
/// <param name="AccountId">The 12 digits of the account.</param>
/// <param name="Partition">The AWS partition: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, <c>aws-eusc</c>.</param>
/// <param name="CallerArn">The ARN of the identity that reads the evidence.</param>
public sealed record AccountIdentity(string AccountId, string Partition, string CallerArn)
{
    /// <summary>The identity in an answer of <c>sts:GetCallerIdentity</c>; the partition is the ARN's second field.</summary>
    public static AccountIdentity FromCaller(string accountId, string callerArn)
    {
        var fields = callerArn.Split(':');
        return new AccountIdentity(accountId, fields.Length > 1 && fields[1].Length > 0 ? fields[1] : "aws", callerArn);
    }
}

/// <summary>Answers for evidence: live from AWS, or recorded in a file. The caller does not know which.</summary>
public interface IEvidenceReader
{
    /// <summary>The account the evidence is about.</summary>
    AccountIdentity Account { get; }

    /// <summary>
    /// Reads one piece of evidence. What goes wrong is a failed observation; the only exception that may leave is
    /// <see cref="System.OperationCanceledException"/>, when <paramref name="cancellationToken"/> was cancelled.
    /// </summary>
    Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken);
}
