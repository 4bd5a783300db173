using System;
using CisAws.Evidence;

namespace CisAws.Emulator.Accounts;

/// <summary>Who signs with an access key.</summary>
/// <param name="Account">The account the key works in.</param>
/// <param name="Arn">The user, or the session of a role.</param>
/// <param name="UserId">The unique ID beside the ARN.</param>
/// <param name="AccessKey">The access key ID.</param>
/// <param name="SecretKey">The secret access key.</param>
/// <param name="SessionToken">The token of temporary credentials; null for a user's key.</param>
/// <param name="Expiration">When temporary credentials end.</param>
internal sealed record Principal(
    EmulatedAccount Account, string Arn, string UserId, string AccessKey, string SecretKey,
    string? SessionToken = null, DateTimeOffset? Expiration = null);
