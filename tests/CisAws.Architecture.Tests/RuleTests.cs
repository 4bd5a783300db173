using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace CisAws.Architecture.Tests;

/// <summary>Rules are apart from benchmarks: a benchmark numbers them, and they do not know their numbers.</summary>
public class RuleTests
{
    /// <summary>Two to four numbers with points between them: 1.9, 3.14, 2.1.1. Not part of an address, nor the version of a benchmark.</summary>
    private static readonly Regex ControlNumber = new(@"(?<![\w.]|Foundations )[1-9]\d?(\.\d{1,2}){1,3}(?![\w/]|\.\d)");

    [Fact]
    public void No_rule_holds_a_control_number()
    {
        using var core = ModuleDefinition.ReadModule(CisAwsCode.Core.Location);
        var offenders =
            from type in core.GetAllTypes()
            where OutermostOf(type).Namespace.StartsWith("CisAws.Rules", StringComparison.Ordinal)
            from text in TextsOf(type)
            where ControlNumber.IsMatch(text)
            select $"{type.FullName} holds \"{text}\": a rule does not know control numbers. Take a parameter or a setting, or name the rule that is meant.";
        offenders.AssertNone();
    }

    private static TypeDefinition OutermostOf(TypeDefinition type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    /// <summary>The string literals of a type: in code, constants and attributes.</summary>
    private static IEnumerable<string> TextsOf(TypeDefinition type)
    {
        var code = from method in type.Methods where method.HasBody from instruction in method.Body.Instructions select instruction.Operand;
        var constants = type.Fields.Where(field => field.HasConstant).Select(field => field.Constant);
        var attributes =
            from provider in new ICustomAttributeProvider[] { type }.Concat(type.Methods).Concat(type.Properties).Concat(type.Fields)
            from attribute in provider.CustomAttributes
            from argument in attribute.ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
            from value in ValuesOf(argument)
            select value;
        return code.Concat(constants).Concat(attributes).OfType<string>();
    }

    private static IEnumerable<object> ValuesOf(CustomAttributeArgument argument) =>
        argument.Value is CustomAttributeArgument[] several ? several.SelectMany(ValuesOf) : [argument.Value];
}
