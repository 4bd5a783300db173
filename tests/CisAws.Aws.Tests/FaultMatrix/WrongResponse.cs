using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>A way in which an answer is wrong.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Make">Makes a good answer wrong; null where the way is none for it.</param>
/// <param name="IsNone">True for what is no answer at all; false for one with something wrong in it.</param>
/// <param name="LaterPages">Whether only the pages after the first are wrong.</param>
internal sealed record WrongResponse(string Name, Func<WireResponse, WireResponse?> Make, bool IsNone = true, bool LaterPages = false)
{
    private const string Page = "<html><head><title>Sign in</title></head><body><h1>Welcome to the network</h1></body></html>";

    private static readonly Func<WireResponse, WireResponse?> WrongRoot = a => a with { Body = a.IsJson ? "[\"unexpected\"]" : "<Unexpected/>" };

    private static readonly Func<WireResponse, WireResponse?> EmptyRoot = OfBody(json => new JsonObject(), xml => new XElement(xml.Name));

    /// <summary>The ways that are the same for each operation.</summary>
    public static IReadOnlyList<WrongResponse> All { get; } =
    [
        new("wrong root", WrongRoot),
        new("wrong root", OfBody(json => new JsonObject { ["Unexpected"] = json }, xml => new XElement(xml.Name.Namespace + "Unexpected", xml.Elements()))),
        new("empty root", EmptyRoot),
        // The result is empty, as the query protocol nests it.
        new("empty root", OfBody(
            _ => null, xml => xml.Elements().Any(e => e.Name.LocalName.EndsWith("Result", StringComparison.Ordinal))
                ? new XElement(xml.Name, xml.Elements().Select(e => e.Name.LocalName.EndsWith("Result", StringComparison.Ordinal) ? new XElement(e.Name) : e))
                : null)),
        new("empty body", a => a with { Body = "" }),
        new("HTML, 200", a => a with { Body = "<!DOCTYPE html>" + Page, Type = "text/html" }),
        new("HTML, 200", a => a with { Body = Page, Type = "text/html" }),
        new("HTML, 404", a => new WireResponse(HttpStatusCode.NotFound, "text/html", "<!DOCTYPE html>" + Page, new Dictionary<string, string>())),
        new("cut at 90 %", a => a with { Body = a.Body[..(a.Body.Length * 9 / 10)] }),
        new("null", a => a with { Body = "null" }),
        new("null", OfBody(json => new JsonObject(json.Select(m => new KeyValuePair<string, JsonNode?>(m.Key, null))), _ => null)),
        new("null", OfBody(NullItems, _ => null), IsNone: false),
        new("page 2 wrong", WrongRoot, LaterPages: true),
        new("page 2 wrong", EmptyRoot, LaterPages: true),
        new("leaves emptied", OfBody(json => (JsonObject)EmptyLeaves(json, "", null)!, xml => EmptyLeaves(xml, "", null)), IsNone: false),
        new("items doubled", OfBody(json => (JsonObject)DoubleItems(json)!, DoubleItems), IsNone: false),
    ];

    /// <summary>The ways in which one leaf of an operation's answers is emptied.</summary>
    public static IEnumerable<WrongResponse> EmptyLeaf(IEnumerable<WireResponse> answers) => answers.SelectMany(Leaves).Distinct().Order(StringComparer.Ordinal)
        .Select(leaf => new WrongResponse(
            "leaves emptied", OfBody(json => (JsonObject)EmptyLeaves(json, "", leaf)!, xml => EmptyLeaves(xml, "", leaf)), IsNone: false)
        { Detail = leaf });

    /// <summary>The ways in which one leaf of an operation's answers is left out.</summary>
    public static IEnumerable<WrongResponse> MissingLeaf(IEnumerable<WireResponse> answers) => EmptyLeaf(answers).Select(empty => empty with
    {
        Name = "member missing",
        Make = OfBody(json => (JsonObject)WithoutLeaf(json, "", empty.Detail)!, xml => WithoutLeaf(xml, "", empty.Detail)),
    });

    /// <summary>Which leaf, for messages.</summary>
    public string Detail { get; private init; } = "";

    public override string ToString() => Detail.Length == 0 ? Name : $"{Name}: {Detail}";

    private static Func<WireResponse, WireResponse?> OfBody(Func<JsonObject, JsonObject?> json, Func<XElement, XElement?> xml) => answer =>
    {
        if (answer.Body.Length == 0)
        {
            return null;
        }

        var body = answer.IsJson
            ? json((JsonObject)JsonNode.Parse(answer.Body)!)?.ToJsonString()
            : xml(XElement.Parse(answer.Body, LoadOptions.PreserveWhitespace))?.ToString(SaveOptions.DisableFormatting);
        return body is null ? null : answer with { Body = body };
    };

    private static JsonObject? NullItems(JsonObject root)
    {
        var found = false;
        JsonNode? Nulled(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray { Count: > 0 } list:
                    found = true;
                    return new JsonArray(list.Select(_ => (JsonNode?)null).ToArray());
                case JsonObject o:
                    return new JsonObject(o.Select(m => new KeyValuePair<string, JsonNode?>(m.Key, Nulled(m.Value))));
                default:
                    return node?.DeepClone();
            }
        }

        var nulled = (JsonObject)Nulled(root)!;
        return found ? nulled : null;
    }

    private static JsonNode? EmptyLeaves(JsonNode? node, string path, string? only) => node switch
    {
        JsonObject o => new JsonObject(o.Select(m => new KeyValuePair<string, JsonNode?>(m.Key, EmptyLeaves(m.Value, $"{path}/{m.Key}", only)))),
        JsonArray a => new JsonArray(a.Select(i => EmptyLeaves(i, path, only)).ToArray()),
        _ => only is null || path == only ? JsonValue.Create("") : node?.DeepClone(),
    };

    private static JsonNode? WithoutLeaf(JsonNode? node, string path, string leaf) => node switch
    {
        JsonObject o => new JsonObject(o.Where(m => $"{path}/{m.Key}" != leaf)
            .Select(m => new KeyValuePair<string, JsonNode?>(m.Key, WithoutLeaf(m.Value, $"{path}/{m.Key}", leaf)))),
        JsonArray a => new JsonArray(a.Select(i => WithoutLeaf(i, path, leaf)).ToArray()),
        _ => node?.DeepClone(),
    };

    // An element without elements may be a leaf or an empty list; to empty an empty list changes nothing.
    private static XElement EmptyLeaves(XElement element, string path, string? only) => new(
        element.Name, element.Attributes(), element.HasElements
            ? element.Elements().Select(e => EmptyLeaves(e, Below(path, e), only))
            : only is null || path == only ? null : element.Value);

    private static XElement WithoutLeaf(XElement element, string path, string leaf) => new(
        element.Name, element.Attributes(), element.HasElements
            ? element.Elements().Where(e => e.HasElements || Below(path, e) != leaf).Select(e => WithoutLeaf(e, Below(path, e), leaf))
            : element.Value);

    private static string Below(string path, XElement element) => IsItem(element) ? path : $"{path}/{element.Name.LocalName}";

    private static bool IsItem(XElement element) => element.Name.LocalName is "item" or "member" or "entry" or "Grant";

    private static JsonNode? DoubleItems(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(m => new KeyValuePair<string, JsonNode?>(m.Key, DoubleItems(m.Value)))),
        JsonArray a => new JsonArray(a.Concat(a).Select(DoubleItems).ToArray()),
        _ => node?.DeepClone(),
    };

    private static XElement DoubleItems(XElement element) => new(
        element.Name, element.Attributes(), element.HasElements
            ? element.Elements().Concat(element.Elements().Where(IsItem)).Select(DoubleItems)
            : element.Value);

    private static IEnumerable<string> Leaves(WireResponse answer)
    {
        IEnumerable<string> OfJson(JsonNode? node, string path) => node switch
        {
            JsonObject o => o.SelectMany(m => OfJson(m.Value, $"{path}/{m.Key}")),
            JsonArray a => a.SelectMany(i => OfJson(i, path)),
            _ => [path],
        };
        IEnumerable<string> OfXml(XElement element, string path) =>
            element.HasElements ? element.Elements().SelectMany(e => OfXml(e, Below(path, e))) : element.Value.Length > 0 ? [path] : [];
        return answer.Body.Length == 0 ? []
            : answer.IsJson ? OfJson(JsonNode.Parse(answer.Body), "")
            : OfXml(XElement.Parse(answer.Body), "").Where(p => !p.EndsWith("equestId", StringComparison.Ordinal));
    }
}
