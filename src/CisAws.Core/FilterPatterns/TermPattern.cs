using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.FilterPatterns;

/// <summary>
/// A pattern that looks for terms in the text of an event: <c>?CreateTrail ?UpdateTrail</c>, <c>%CreateTrail|UpdateTrail%</c>. AWS
/// does not document what ends a term in JSON. So a term is certainly found only where it is a whole value, and certainly missing
/// only where it is not in the text.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed class TermPattern
{
    // Text of nearly every record besides the known fields: no event is certain to lack it.
    private const string EveryRecord =
        """
        "eventTime":"T:Z" "eventID":"-" "requestID":"-" "userAgent":"aws-cli/ Python/ Boto3/ console.amazonaws.com" "requestParameters":{
        "responseElements":null "recipientAccountId":"0123456789" "userIdentity":{"principalId":"AIDA" "arn":"arn:aws:iam::user/" "arn:aws:sts::
        assumed-role/" "accountId":"" "accessKeyId":"ASIA AKIA" "userName":"" "sessionContext":{"sessionIssuer":{ "attributes":{"creationDate":""
        "mfaAuthenticated":"false" "true" "sessionCredentialFromConsole" "tlsDetails":{"tlsVersion":"TLSv1.3" "cipherSuite":"TLS_AES_128_GCM_SHA256"
        "clientProvidedHostHeader":"amazonaws.com" "additionalEventData":{ "resources":[{"ARN":"" "type":"AWS::" "sharedEventID" "vpcEndpointId"
        """;

    // Each term begins where the last one ended: to look for one everywhere takes a time that grows with the square of the length.
    private static readonly Regex TermForm = new(
        "\\G\\s*(?<mark>[?-]?)(\"(?<text>(\\\\.|[^\"\\\\])*)\"|%(?<regex>[^%]*)%|(?<text>[^\\s\"%]+))(?=\\s|$)", RegexOptions.CultureInvariant);

    // Each list is met by any of its texts.
    private readonly IReadOnlyList<IReadOnlyList<string>>? _needed;

    /// <param name="text">The pattern as it is written.</param>
    public TermPattern(string text) => _needed = Read(text);

    /// <summary>Whether the pattern certainly matches every event that has some texts as values.</summary>
    public bool Matches(IReadOnlyCollection<string> values) => _needed is not null && _needed.All(any => any.Any(values.Contains));

    /// <summary>Whether the pattern certainly misses some event that has the fields of a record.</summary>
    public bool Misses(string record) => _needed is not null && _needed.Any(any => !any.Any(t => record.Contains(t) || EveryRecord.Contains(t)));

    /// <summary>Whether it looks for one of some texts.</summary>
    public bool LooksFor(IReadOnlyCollection<string> values) => _needed is not null && _needed.Any(any => any.Any(values.Contains));

    /// <summary>Null for what is not supported: exclusions, mixed marks, and regular expressions beyond a list of words.</summary>
    private static IReadOnlyList<IReadOnlyList<string>>? Read(string text)
    {
        var terms = TermForm.Matches(text).Cast<Match>().ToList();
        if (terms.Count == 0 || terms.Sum(t => t.Length) < text.TrimEnd().Length || terms.Any(t => t.Groups["mark"].Value == "-"))
        {
            return null;
        }

        var texts = new List<IReadOnlyList<string>>();
        foreach (var term in terms)
        {
            var regex = term.Groups["regex"];
            IReadOnlyList<string> any = regex.Success ? regex.Value.Split('|') : [Regex.Replace(term.Groups["text"].Value, @"\\(.)", "$1")];
            if (any.Any(t => t.Length == 0) || (regex.Success && any.Any(t => !t.All(c => c < 128 && (char.IsLetterOrDigit(c) || c == '_')))))
            {
                return null;
            }

            texts.Add(any);
        }

        var optional = terms.Count(t => t.Groups["mark"].Value == "?");
        return optional == 0 ? texts : optional == terms.Count ? [[.. texts.SelectMany(t => t)]] : null;
    }
}
