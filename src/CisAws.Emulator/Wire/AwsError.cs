using System;
using System.Collections.Generic;

namespace CisAws.Emulator.Wire;

/// <summary>An error that AWS would answer with.</summary>
internal sealed class AwsError(string code, int status, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Headers that go with the error, such as the right region of a bucket.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    public static AwsError Validation(string message) => new("ValidationError", 400, message);

    public static AwsError Serialization(string message) => new("SerializationException", 400, message);
}
