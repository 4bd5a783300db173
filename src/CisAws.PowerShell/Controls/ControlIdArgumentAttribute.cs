using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Programs;

namespace CisAws.PowerShell.Controls;

/// <summary>
/// Takes control IDs as text, as IDs or as controls; several in one text are separated as in any list. PowerShell reads an unquoted 1.10 in a list as the number 1.1, which
/// is another control: a number that could be two IDs is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ControlIdArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex Id = new(@"^[0-9\[][0-9*?\[\]-]*\.[0-9.*?\[\]-]*\z", RegexOptions.CultureInvariant);

    /// <summary>True for text in the form of IDs or wildcards for IDs, whether there are such controls or not.</summary>
    public static bool IsLikeId(string text) => ListArgumentAttribute.Split(text).ToList() is { Count: > 0 } words && words.TrueForAll(Id.IsMatch);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var texts = value switch
        {
            null => [],
            IEnumerable list and not string => list.Cast<object>().Select(TextOf),
            _ => [TextOf(inputData!)],
        };
        return texts.SelectMany(ListArgumentAttribute.Split).ToArray();
    }

    /// <summary>The ID that a value means.</summary>
    public static string TextOf(object item)
    {
        var value = item is PSObject wrapped ? wrapped.BaseObject : item;
        switch (value)
        {
            case string text:
                return text.Trim();
            case ControlId or ControlSelector:
                return value.ToString()!;
            case CisControl control:
                return control.ControlId.ToString();
            case double or float or decimal:
                return FromNumber(item, Convert.ToString(value, CultureInfo.InvariantCulture)!);
            case int or long:
                return Convert.ToString(value, CultureInfo.InvariantCulture)!;
            default:
                throw new ArgumentTransformationMetadataException($"{value?.GetType().Name ?? "Nothing"} is not a control ID. IDs are text such as '1.10'.");
        }
    }

    private static string FromNumber(object item, string number)
    {
        // A single unquoted argument still carries what was typed, "1.10"; in a list that is lost.
        var typed = LanguagePrimitives.ConvertTo<string>(item);
        if (typed != number)
        {
            return typed;
        }

        var longer = ControlLookup.All.FirstOrDefault(c => c.ControlId.ToString() == number + "0");
        return longer is null
            ? number
            : throw new ArgumentTransformationMetadataException(
                $"{number} or {longer.ControlId}? PowerShell reads both as the number {number}. Quote it: '{number}' or '{longer.ControlId}'.");
    }
}
