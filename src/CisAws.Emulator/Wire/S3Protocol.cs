using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CisAws.Emulator.Wire;

/// <summary>
/// S3's REST: the bucket in the path or in the host name, the operation in the method and the subresource: <c>GET ?acl</c>.
/// S3 Control signs as S3 and is distinguished by its path.
/// </summary>
internal sealed partial class S3Protocol : Protocol
{
    public const string ControlPath = "/v20180820/";

    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly string[] Subresources =
        ["acl", "encryption", "location", "logging", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "versioning"];

    private static readonly string[] Conditions = ["If-Match", "If-None-Match"];

    private readonly bool _control;

    public S3Protocol(bool control) => _control = control;

    public override bool Speaks(AwsRequest request) => _control == request.Path.StartsWith(ControlPath, StringComparison.Ordinal);

    public override WireCall Read(AwsRequest request)
    {
        var values = Input.NewObject();
        if (_control)
        {
            values["AccountId"] = request.Header("x-amz-account-id");
            return new WireCall($"{request.Method} {request.Path}", new Input(values));
        }

        var hostBucket = BucketOfHost(request.Host);
        if (hostBucket is null && request.Path.TrimStart('/').Length == 0)
        {
            var input = Input.FromQuery(request.Query);
            input.Accept("x-id");
            return new WireCall($"{request.Method} /", input);
        }

        var path = request.Path.TrimStart('/').Split('/', 2);
        var key = hostBucket is null ? path.ElementAtOrDefault(1) ?? "" : request.Path.TrimStart('/');
        values["Bucket"] = hostBucket ?? Uri.UnescapeDataString(path[0]);
        if (request.Header("x-amz-expected-bucket-owner") is { } owner)
        {
            values["ExpectedBucketOwner"] = owner;
        }

        var names = request.Query.Split('&').Select(p => p.Split('=')[0]).ToList();
        var subresource = Subresources.FirstOrDefault(s => names.Contains(s, StringComparer.Ordinal));
        var operation = key.Length > 0 ? $"{request.Method} /key" : subresource is null ? request.Method : $"{request.Method} ?{subresource}";
        if (key.Length > 0)
        {
            values["Key"] = Uri.UnescapeDataString(key);
            foreach (var condition in Conditions.Where(c => request.Header(c) is not null))
            {
                values[condition] = request.Header(condition);
            }
        }
        else if (operation == "GET")
        {
            foreach (var (name, value) in Input.FromQuery(request.Query).Values)
            {
                values[name] = value?.DeepClone();
            }
        }

        return new WireCall(operation, new Input(values) { Content = request.Body });
    }

    public override WireResponse Write(string operation, Shape answer, string requestId)
    {
        if (!answer.Any())
        {
            return new WireResponse(200, "application/xml", []);
        }

        var (root, content) = answer.Single();
        return root == Shape.Payload
            ? content is byte[] bytes
                ? new WireResponse(200, "application/octet-stream", bytes)
                : new WireResponse(200, "application/json", Encoding.UTF8.GetBytes((string)content))
            : Answer(200, new XElement(Ns + root, XmlBody.Content(content, Ns, "member", Iso)));
    }

    public override WireResponse WriteError(AwsError error, string requestId)
    {
        var body = new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message));
        return Answer(error.Status, _control
            ? new XElement("ErrorResponse", body, new XElement("RequestId", requestId))
            : new XElement(body.Name, body.Elements(), new XElement("RequestId", requestId)));
    }

    public override WireResponse WriteNonsense() => Answer(200, new XElement("Unexpected"));

    private static WireResponse Answer(int status, XElement root) => new(status, "application/xml", XmlBody.Bytes(root));

    /// <summary>The bucket of a virtual-host address; null when the host is an endpoint and the bucket is in the path.</summary>
    private static string? BucketOfHost(string host)
    {
        var name = host.Split(':')[0];
        if (IPAddress.TryParse(name, out _))
        {
            return null;
        }

        var match = VirtualHost().Match(name);
        return match.Success ? match.Groups["bucket"].Value : null;
    }

    [GeneratedRegex(@"^(?<bucket>.+)\.(s3[.-]([a-z0-9-]+\.)*amazonaws\.(com|com\.cn|eu)|s3\.localhost|localhost)$", RegexOptions.IgnoreCase)]
    private static partial Regex VirtualHost();
}
