using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Emulator.Wire;

/// <summary>Writes structures as XML.</summary>
internal static class XmlBody
{
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    // Characters that XML does not allow are escaped all the same: AWS does, and \r would else be read back as \n.
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static byte[] Bytes(XElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            root.Save(writer);
        }

        return stream.ToArray();
    }

    /// <summary>The members of a structure as elements, and as attributes those whose names begin with @.</summary>
    /// <param name="shape">The structure.</param>
    /// <param name="ns">The namespace of the elements.</param>
    /// <param name="element">The name of a list's elements: <c>member</c> or <c>item</c>.</param>
    /// <param name="time">How times are written.</param>
    public static IEnumerable<object> Members(Shape shape, XNamespace ns, string element, Func<DateTimeOffset, string> time)
    {
        foreach (var (name, value) in shape)
        {
            if (name == "@xsi:type")
            {
                yield return new XAttribute(XNamespace.Xmlns + "xsi", Xsi.NamespaceName);
                yield return new XAttribute(Xsi + "type", value);
            }
            else
            {
                yield return new XElement(ns + name, Content(value, ns, element, time));
            }
        }
    }

    public static object Content(object value, XNamespace ns, string element, Func<DateTimeOffset, string> time) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => time(moment),
        byte[] bytes => Convert.ToBase64String(bytes),
        Shape shape => Members(shape, ns, element, time),
        NamedList list => list.Values.Select(v => new XElement(ns + list.Element, Content(v, ns, element, time))),
        IEnumerable list => list.Cast<object>().Select(v => new XElement(ns + element, Content(v, ns, element, time))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
