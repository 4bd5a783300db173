using System;
using System.IO;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using CisAws.Aws.Calls.Responses;

namespace CisAws.Aws.Clients;

/// <summary>One operation of a service: how its request is written, and how its response and its errors are read.</summary>
internal abstract class Operation<TRequest, TResponse>(string service)
    : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    private const string RequestIdHeader = "x-amzn-RequestId";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service) { HttpMethod = "POST", ResourcePath = "/" };
        Write((TRequest)input, request);
        return request;
    }

    /// <summary>The base reads a stream and says nothing of its format, so it serves JSON too.</summary>
    public sealed override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var (response, requestId) = Read(context.Stream);
        response.HttpStatusCode = context.ResponseData.StatusCode;
        response.ContentLength = context.ResponseData.ContentLength;
        response.ResponseMetadata = new ResponseMetadata { RequestId = Header(context, RequestIdHeader) ?? Header(context, "x-amz-request-id") ?? requestId };
        return response;
    }

    public sealed override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = ErrorBody.Read(ReadBody(context), Header(context, "x-amzn-ErrorType"));
        var message = error.Message ?? $"The service returned HTTP {(int)statusCode}.";
        var type = (int)statusCode < 500 ? ErrorType.Sender : ErrorType.Receiver;
        return new AmazonServiceException(
            message, innerException, type, error.Code, Header(context, RequestIdHeader) ?? error.RequestId, statusCode);
    }

    /// <summary>Writes the input into a POST to the root, which is what most protocols want.</summary>
    protected abstract void Write(TRequest input, IRequest request);

    /// <summary>Reads a successful response, and the request ID if the body holds it.</summary>
    protected abstract (TResponse Response, string? RequestId) Read(Stream body);

    private static string? Header(XmlUnmarshallerContext context, string name) =>
        context.ResponseData.IsHeaderPresent(name) ? context.ResponseData.GetHeaderValue(name) : null;

    private static string ReadBody(XmlUnmarshallerContext context)
    {
        using var reader = new StreamReader(context.Stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
