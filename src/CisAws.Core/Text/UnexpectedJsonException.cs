using System;

namespace CisAws.Text;

/// <summary>A value of JSON is not what it has to be: where, and what is expected.</summary>
/// <param name="problem">What is wrong with it, such as "must be a string".</param>
/// <param name="innerException">What was thrown on reading it.</param>
internal sealed class UnexpectedJsonException(string problem, Exception? innerException = null) : FormatException(problem, innerException)
{
    private string _path = "";

    /// <inheritdoc/>
    public override string Message => $"${_path} {base.Message}.";

    /// <summary>Puts the value into an object or a list: the path is known only on the way out.</summary>
    /// <param name="step">The member or the item that it is in, as JSONPath.</param>
    public void In(string step) => _path = step + _path;
}
