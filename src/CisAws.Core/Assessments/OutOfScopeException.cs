using System;
using System.Linq;
using CisAws.Programs;

namespace CisAws.Assessments;

/// <summary>The account is not one that the program is for.</summary>
public sealed class OutOfScopeException : Exception
{
    internal OutOfScopeException(CisProgram program, string accountId)
        : base($"Account {accountId} is not in the scope of program {program.Name}. Accounts in its scope: {string.Join(", ", program.AccountsInScope)}.") =>
        AccountId = accountId;

    /// <summary>The account.</summary>
    public string AccountId { get; }
}
