using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Clients;

/// <summary>An operation of a service that speaks the query protocol: a form in, <c>&lt;NameResponse&gt;&lt;NameResult&gt;</c> out.</summary>
internal sealed class QueryOperation<TRequest, TResponse>(
    string service,
    string version,
    string name,
    Func<XElement, TResponse> read,
    Func<TRequest, IEnumerable<(string Name, string? Value)>>? write = null) : Operation<TRequest, TResponse>(service)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    protected override void Write(TRequest input, IRequest request)
    {
        (string Name, string? Value)[] common = [("Action", name), ("Version", version)];
        var form = common.Concat(write?.Invoke(input) ?? []).Where(p => p.Value is not null);
        request.Content = Encoding.UTF8.GetBytes(string.Join("&", form.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")));
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
    }

    protected override (TResponse Response, string? RequestId) Read(Stream body)
    {
        var root = XmlShapes.Parse(body);
        return (read(root.Child(name + "Result") ?? root), root.Child("ResponseMetadata")?.Text("RequestId"));
    }
}
