using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace CisAws.Aws.Calls.Responses;

/// <summary>A response whose body was read to its end, so that it can be looked at before it is unmarshalled.</summary>
internal sealed class ReceivedResponse : IWebResponseData, IHttpResponseBody
{
    private readonly IWebResponseData _answer;
    private readonly byte[] _body;
    private readonly int _length;

    private ReceivedResponse(IWebResponseData answer, byte[] body, int length)
    {
        _answer = answer;
        _body = body;
        _length = length;
    }

    public long ContentLength => _length;

    public string ContentType => _answer.ContentType;

    public HttpStatusCode StatusCode => _answer.StatusCode;

    public bool IsSuccessStatusCode => _answer.IsSuccessStatusCode;

    public IHttpResponseBody ResponseBody => this;

    /// <summary>Reads a response.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="limit">How many bytes its body may have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The body is larger.</exception>
    public static async Task<ReceivedResponse> ReadAsync(IWebResponseData answer, int limit, CancellationToken cancellationToken)
    {
        using var body = answer.ResponseBody;
        if (body is null)
        {
            return new ReceivedResponse(answer, [], 0);
        }

        // The buffer becomes the body: a copy of a large page would be as large again.
        using var received = new MemoryStream(answer.ContentLength > 0 && answer.ContentLength <= limit ? (int)answer.ContentLength : 0);
        using var stream = await body.OpenResponseAsync().ConfigureAwait(false);
        var buffer = new byte[16 * 1024];
        int count;
#if NET
        while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
#else
        while ((count = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
#endif
        {
            if (received.Length + count > limit)
            {
                throw new InvalidDataException(FormattableString.Invariant($"The response is larger than {limit / (1024 * 1024)} MiB."));
            }

            received.Write(buffer, 0, count);
        }

        return new ReceivedResponse(answer, received.GetBuffer(), (int)received.Length);
    }

    public string[] GetHeaderNames() => _answer.GetHeaderNames();

    public bool IsHeaderPresent(string headerName) => _answer.IsHeaderPresent(headerName);

    public string GetHeaderValue(string headerName) => _answer.GetHeaderValue(headerName);

    public bool IsEventHeaderPresent(string headerName) => _answer.IsEventHeaderPresent(headerName);

    public IEventStreamHeader GetEventStreamHeader(string headerName) => _answer.GetEventStreamHeader(headerName);

    public Stream OpenResponse() => new MemoryStream(_body, 0, _length, writable: false);

    public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

    /// <summary>Nothing is held: the body of the response was disposed of when it was read.</summary>
    public void Dispose()
    {
    }
}
