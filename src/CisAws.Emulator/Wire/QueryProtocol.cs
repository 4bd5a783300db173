using System.Xml.Linq;

namespace CisAws.Emulator.Wire;

/// <summary>AWS Query: a form in, XML out. IAM, STS, SNS, and CloudWatch for older clients.</summary>
internal sealed class QueryProtocol(string xmlNamespace) : Protocol
{
    private readonly XNamespace _ns = xmlNamespace;

    public override bool Speaks(AwsRequest request) => request.Header("X-Amz-Target") is null && request.Header("smithy-protocol") is null;

    public override WireCall Read(AwsRequest request) => ReadForm(request);

    /// <summary>Action and parameters of a form, which a GET carries in its query string.</summary>
    public static WireCall ReadForm(AwsRequest request)
    {
        var input = Input.FromForm(request.Method == "GET" ? request.Query : request.BodyText);
        input.Accept("Version");
        return new WireCall(input.Text("Action") ?? "", input);
    }

    public override WireResponse Write(string operation, Shape answer, string requestId) => Answer(200, new XElement(
        _ns + (operation + "Response"),
        new XElement(_ns + (operation + "Result"), XmlBody.Members(answer, _ns, "member", Iso)),
        new XElement(_ns + "ResponseMetadata", new XElement(_ns + "RequestId", requestId))));

    public override WireResponse WriteError(AwsError error, string requestId) => Answer(error.Status, new XElement(
        _ns + "ErrorResponse",
        new XElement(
            _ns + "Error",
            new XElement(_ns + "Type", error.Status < 500 ? "Sender" : "Receiver"),
            new XElement(_ns + "Code", error.Code),
            new XElement(_ns + "Message", error.Message)),
        new XElement(_ns + "RequestId", requestId)));

    public override WireResponse WriteNonsense() => Answer(200, new XElement("Unexpected"));

    private static WireResponse Answer(int status, XElement root) => new(status, "text/xml", XmlBody.Bytes(root));
}
