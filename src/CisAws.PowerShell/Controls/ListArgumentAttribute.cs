using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CisAws.PowerShell.Controls;

/// <summary>
/// Takes several words in one text apart: a cell of a CSV file holds one text, and pwsh -File hands a list over as one. Words are separated by
/// commas, semicolons and spaces.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ListArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>Whether text without a word in it is an empty list, as an empty cell is, and no mistake.</summary>
    public bool AllowEmpty { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = Unwrapped(inputData);
        object?[] items = given switch
        {
            null => [],
            IEnumerable list and not string => [.. list.Cast<object?>()],
            _ => [given],
        };
        object?[] words = [.. items.SelectMany(i => Unwrapped(i) is string text ? Split(text) : (IEnumerable<object?>)[i])];
        return words.Length > 0 || items.Length == 0 || AllowEmpty
            ? words
            : throw new ArgumentTransformationMetadataException("The list is empty. Specify a value, or omit the parameter.");
    }

    /// <summary>The words of a text.</summary>
    public static IEnumerable<string> Split(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
