using System.Xml.Linq;

namespace CisAws.Emulator.Wire;

/// <summary>EC2's own dialect of AWS Query: lists are of items, and the answer has no result element.</summary>
internal sealed class Ec2Protocol : Protocol
{
    private static readonly XNamespace Ns = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public override bool Speaks(AwsRequest request) => true;

    public override WireCall Read(AwsRequest request) => QueryProtocol.ReadForm(request);

    public override WireResponse Write(string operation, Shape answer, string requestId) => Answer(200, new XElement(
        Ns + (operation + "Response"), new XElement(Ns + "requestId", requestId), XmlBody.Members(answer, Ns, "item", Iso)));

    public override WireResponse WriteError(AwsError error, string requestId) => Answer(error.Status, new XElement(
        "Response",
        new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
        new XElement("RequestID", requestId)));

    public override WireResponse WriteNonsense() => Answer(200, new XElement("Unexpected"));

    private static WireResponse Answer(int status, XElement root) => new(status, "text/xml;charset=UTF-8", XmlBody.Bytes(root));
}
