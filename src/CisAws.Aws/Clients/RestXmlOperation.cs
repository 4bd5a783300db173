using System;
using System.IO;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Clients;

/// <summary>A GET of a service that speaks REST-XML.</summary>
internal sealed class RestXmlOperation<TRequest, TResponse>(
    string service, string path, Func<XElement, TResponse> read, Action<TRequest, IRequest> write) : Operation<TRequest, TResponse>(service)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    protected override void Write(TRequest input, IRequest request)
    {
        request.HttpMethod = "GET";
        request.ResourcePath = path;
        write(input, request);
    }

    protected override (TResponse Response, string? RequestId) Read(Stream body) => (read(XmlShapes.Parse(body)), null);
}
