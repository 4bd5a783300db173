using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Aws.Calls.Responses;

/// <summary>What the body of a successful response has to be, so that it counts as the operation's response.</summary>
internal abstract class ResponseShape
{
    /// <summary>A response without a body, as to HEAD.</summary>
    public static ResponseShape NoBody { get; } = new Nothing();

    /// <summary>XML with the members in its root.</summary>
    public static ResponseShape Xml(string root, params ResponseMember[] members) => new XmlBody([root], members);

    /// <summary>XML of the query protocol: <c>&lt;NameResponse&gt;&lt;NameResult&gt;</c>, which holds the members.</summary>
    public static ResponseShape Query(string operation, params ResponseMember[] members) => new XmlBody([operation + "Response", operation + "Result"], members);

    /// <summary>A JSON object.</summary>
    public static ResponseShape Json(params ResponseMember[] members) => new JsonBody(members);

    /// <exception cref="InvalidDataException">The body is not the operation's response.</exception>
    /// <exception cref="XmlException">The body is not XML.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public abstract void Check(Stream body);

    private static void Check(ResponseNode node, IEnumerable<ResponseMember> members)
    {
        foreach (var member in members)
        {
            member.Check(node, "");
        }
    }

    private sealed class Nothing : ResponseShape
    {
        public override void Check(Stream body)
        {
        }
    }

    private sealed class XmlBody(string[] elements, ResponseMember[] members) : ResponseShape
    {
        public override void Check(Stream body)
        {
            if (body.Length == 0)
            {
                throw new InvalidDataException("The response is empty.");
            }

            var root = ResponseNode.ParseXml(body);
            if (root.Name.LocalName != elements[0])
            {
                throw new InvalidDataException(string.Equals(root.Name.LocalName, "html", StringComparison.OrdinalIgnoreCase)
                    ? "The response is an HTML page. It may come from a proxy or a sign-in page."
                    : $"The response is <{root.Name.LocalName}>, not <{elements[0]}>.");
            }

            foreach (var element in elements.Skip(1))
            {
                root = root.Elements().FirstOrDefault(e => e.Name.LocalName == element) ?? throw new InvalidDataException($"The response has no <{element}>.");
            }

            Check(new ResponseNode.Xml(root), members);
        }
    }

    private sealed class JsonBody(ResponseMember[] members) : ResponseShape
    {
        public override void Check(Stream body)
        {
            if (body.Length == 0)
            {
                throw new InvalidDataException("The response is empty.");
            }

            using var document = JsonDocument.Parse(body);
            var root = new ResponseNode.Json(document.RootElement);
            if (!root.IsStructure)
            {
                throw new InvalidDataException("The response is not a JSON object.");
            }

            try
            {
                Check(root, members);
            }
            catch (InvalidOperationException e)
            {
                // A text with half a surrogate pair.
                throw new InvalidDataException(e.Message, e);
            }
        }
    }
}
