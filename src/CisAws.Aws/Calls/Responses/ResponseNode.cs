using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Aws.Calls.Responses;

/// <summary>A place in a response, whether it is in XML or in JSON.</summary>
internal abstract class ResponseNode
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false };

    /// <summary>True for what has members.</summary>
    public abstract bool IsStructure { get; }

    /// <summary>The value as text, which may be empty; null for anything else.</summary>
    public abstract string? Text { get; }

    /// <summary>The elements of a list; null for anything else.</summary>
    public abstract IEnumerable<ResponseNode>? Items { get; }

    /// <summary>The members of a name. XML repeats an element for a list that is not wrapped.</summary>
    public abstract IEnumerable<ResponseNode> Members(string name);

    /// <summary>Reads XML, and refuses a document type: AWS declares none, and entities are a way to exhaust memory.</summary>
    /// <exception cref="XmlException">It is not XML.</exception>
    public static XElement ParseXml(TextReader text)
    {
        using var reader = XmlReader.Create(text, Settings);
        return XElement.Load(reader);
    }

    /// <inheritdoc cref="ParseXml(TextReader)"/>
    public static XElement ParseXml(Stream bytes)
    {
        using var reader = OpenXml(bytes);
        return XElement.Load(reader);
    }

    /// <summary>Opens XML to read it piece by piece, and refuses a document type.</summary>
    public static XmlReader OpenXml(Stream bytes) => XmlReader.Create(bytes, Settings);

    /// <summary>An element. A member whose name begins with @ is an attribute.</summary>
    public sealed class Xml(XElement element) : ResponseNode
    {
        // An empty element may be a structure without members, an empty list or an empty text.
        public override bool IsStructure => element.HasElements || string.IsNullOrWhiteSpace(element.Value);

        public override string? Text => element.HasElements ? null : element.Value;

        public override IEnumerable<ResponseNode>? Items => IsStructure ? element.Elements().Select(e => new Xml(e)) : null;

        public override IEnumerable<ResponseNode> Members(string name) => name.StartsWith("@", StringComparison.Ordinal)
            ? element.Attributes().Where(a => a.Name.LocalName == name.Substring(1)).Select(a => new Xml(new XElement("attribute", a.Value)))
            : element.Elements().Where(e => e.Name.LocalName == name).Select(e => new Xml(e));
    }

    /// <summary>A JSON value. A member that is null is absent, as AWS's own clients read it; names differ in case between services.</summary>
    public sealed class Json(JsonElement value) : ResponseNode
    {
        public override bool IsStructure => value.ValueKind == JsonValueKind.Object;

        public override string? Text => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

        public override IEnumerable<ResponseNode>? Items =>
            value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(v => new Json(v)) : null;

        public override IEnumerable<ResponseNode> Members(string name) => !IsStructure ? [] : value.EnumerateObject()
            .Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase) && p.Value.ValueKind != JsonValueKind.Null)
            .Select(p => new Json(p.Value));
    }
}
