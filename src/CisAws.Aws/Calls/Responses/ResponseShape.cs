using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CisAws.Evidence;

namespace CisAws.Aws.Calls.Responses;

/// <summary>What the body of a successful response has to be, so that it counts as the operation's response.</summary>
internal abstract class ResponseShape
{
    /// <summary>The largest pages of AWS have some 20 MiB: a thousand security groups with hundreds of rules each.</summary>
    internal const int MaximumBytesOfPage = 64 * 1024 * 1024;

    /// <summary>How large a body may be.</summary>
    public virtual int MaximumBytes => MaximumBytesOfPage;

    /// <summary>A response without a body, as to HEAD.</summary>
    public static ResponseShape NoBody { get; } = new Nothing();

    /// <summary>A response whose body has a form of its own.</summary>
    public static ResponseShape AnyBody { get; } = new Whatever();

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
            member.Check(node, null);
        }
    }

    private sealed class Nothing : ResponseShape
    {
        public override void Check(Stream body)
        {
        }
    }

    private sealed class Whatever : ResponseShape
    {
        public override int MaximumBytes => EvidenceArchive.MaximumFile;

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

            using var xml = ResponseNode.OpenXml(body);
            xml.MoveToContent();
            if (xml.LocalName != elements[0])
            {
                throw new InvalidDataException(string.Equals(xml.LocalName, "html", StringComparison.OrdinalIgnoreCase)
                    ? "The response is an HTML page. It may come from a proxy or a sign-in page."
                    : $"The response is <{xml.LocalName}>, not <{elements[0]}>.");
            }

            foreach (var element in elements.Skip(1))
            {
                if (!FindChild(xml, element))
                {
                    throw new InvalidDataException($"The response has no <{element}>.");
                }
            }

            Check(new ResponseNode.Xml(ReadMembers(xml)), members);
            // To the end: a response that was cut off is not one.
            while (xml.Read())
            {
            }
        }

        /// <summary>Moves from an element to the first of its children that has a name.</summary>
        private static bool FindChild(XmlReader xml, string name)
        {
            if (xml.IsEmptyElement)
            {
                return false;
            }

            xml.Read();
            while (xml.MoveToContent() != XmlNodeType.EndElement)
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                {
                    return true;
                }

                xml.Skip();
            }

            return false;
        }

        /// <summary>
        /// Reads the members of the element that the reader is at. The items of a list are checked one at a time and left out: a page of a
        /// thousand of them has ten times its size in memory.
        /// </summary>
        private XElement ReadMembers(XmlReader xml)
        {
            var read = new XElement("Members");
            if (xml.IsEmptyElement)
            {
                return read;
            }

            xml.Read();
            while (xml.MoveToContent() != XmlNodeType.EndElement)
            {
                if (xml.NodeType == XmlNodeType.Element && Array.Find(members, m => m.IsListNamed(xml.LocalName)) is { } list && !xml.IsEmptyElement)
                {
                    read.Add(ReadList(xml, list));
                }
                else
                {
                    read.Add(XNode.ReadFrom(xml));
                }
            }

            return read;
        }

        /// <summary>Reads a list without its items; what is not an element stays, so that a text in its place is refused as ever.</summary>
        private static XElement ReadList(XmlReader xml, ResponseMember list)
        {
            var read = new XElement(xml.LocalName);
            var number = 0;
            xml.Read();
            while (xml.MoveToContent() != XmlNodeType.EndElement)
            {
                var node = XNode.ReadFrom(xml);
                if (node is XElement item)
                {
                    list.CheckItem(new ResponseNode.Xml(item), number++);
                }
                else if (number == 0)
                {
                    read.Add(node);
                }
            }

            xml.Read();
            return read;
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
