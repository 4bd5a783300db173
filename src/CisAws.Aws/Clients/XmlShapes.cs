using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using CisAws.Aws.Calls.Responses;

namespace CisAws.Aws.Clients;

/// <summary>Reads the members of a response in XML. What is absent is null, as in the SDK; what is malformed throws.</summary>
internal static class XmlShapes
{
    /// <summary>Reads XML, and refuses a document type.</summary>
    /// <exception cref="XmlException">It is not XML.</exception>
    public static XElement Parse(Stream xml) => ResponseNode.ParseXml(xml);

    public static XElement? Child(this XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static string? Text(this XElement parent, string name) => parent.Child(name)?.Value;

    public static bool? Boolean(this XElement parent, string name) =>
        parent.Text(name) is { } text ? XmlConvert.ToBoolean(text.ToLowerInvariant()) : null;

    public static int? Integer(this XElement parent, string name) =>
        parent.Text(name) is { } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : null;

    public static double? Double(this XElement parent, string name) =>
        parent.Text(name) is { } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary>A time in UTC.</summary>
    public static DateTime? Time(this XElement parent, string name) => parent.Text(name) is { } text
        ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
        : null;

    /// <summary>The elements of a list, which the query protocol wraps in <c>member</c>; null when the list is absent.</summary>
    public static List<T>? Members<T>(this XElement parent, string name, Func<XElement, T> read) =>
        parent.Child(name)?.Elements().Select(read).ToList();

    public static List<string>? Texts(this XElement parent, string name) => parent.Members(name, e => e.Value);
}
