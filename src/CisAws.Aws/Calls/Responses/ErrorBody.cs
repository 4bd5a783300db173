using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Aws.Calls.Responses;

/// <summary>An error as the protocols word it. The code is null when the body is not an AWS error at all.</summary>
internal sealed record ErrorBody(string? Code, string? Message, string? RequestId)
{
    /// <summary>Reads <c>{"__type": ..., "message": ...}</c> and <c>&lt;Error&gt;&lt;Code&gt;...</c>; the header takes precedence over the body.</summary>
    public static ErrorBody Read(string body, string? errorTypeHeader)
    {
        var error = ReadBody(body);
        return error with { Code = Bare(errorTypeHeader ?? error.Code) };
    }

    private static ErrorBody ReadBody(string body)
    {
        try
        {
            return body.TrimStart().StartsWith("<", StringComparison.Ordinal) ? FromXml(ResponseNode.ParseXml(new StringReader(body))) : FromJson(body);
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException)
        {
            return new ErrorBody(null, null, null);
        }
    }

    private static ErrorBody FromXml(XElement root)
    {
        var error = root.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == "Error");
        string? Text(XElement? parent, string name) =>
            parent?.Descendants().FirstOrDefault(e => string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))?.Value;
        return new ErrorBody(Text(error, "Code"), Text(error, "Message"), Text(root, "RequestId"));
    }

    private static ErrorBody FromJson(string body)
    {
        using var document = JsonDocument.Parse(body);
        string? Text(params string[] names) => document.RootElement.ValueKind != JsonValueKind.Object
            ? null
            : names
                .Select(n => document.RootElement.TryGetProperty(n, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null)
                .FirstOrDefault(v => v is not null);
        return new ErrorBody(Text("__type", "code", "Code"), Text("message", "Message"), null);
    }

    /// <summary><c>com.amazonaws.account#AccessDeniedException:http://...</c> is AccessDeniedException.</summary>
    private static string? Bare(string? code) => code?.Split('#').Last().Split(':')[0];
}
