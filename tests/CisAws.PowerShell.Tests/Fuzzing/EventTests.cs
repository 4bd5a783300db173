using System;
using System.Text.Json;
using System.Threading.Tasks;
using CisAws.PowerShell.Events;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Fuzzing;

/// <summary>Records of CloudTrail are read or refused, whatever text they are, and an object that came from one gives one.</summary>
public sealed class EventTests
{
    [Fact]
    public Task Records() => Fuzz.CheckAsync(
        "CloudTrail records",
        [
            """{"eventName":"CreateTrail","count":1,"userIdentity":{"type":"Root","arn":"arn:aws:iam::111122223333:root"},"readOnly":false,"errorCode":null,"a":[1.5,{"b":"c"}]}""",
            """{"Records":[{"eventName":"CreateTrail"},{"eventName":"DeleteTrail","requestParameters":{"name":"t"}}]}""",
            """[{"eventName":"StopLogging"},{"EventId":"1","CloudTrailEvent":"{\"eventName\":\"UpdateTrail\",\"n\":1e3}"}]""",
            """{"Events":[{"EventName":"CreateTrail","CloudTrailEvent":"{\"eventName\":\"CreateTrail\"}"}]}""",
        ],
        ["\"Records\"", "\"Events\"", "\"CloudTrailEvent\"", "\"{}\"", "\"eventName\"", "\"PSObject\"", "\"\"", "1e400", "18446744073709551616", "\\ud83d", "[", "{", "null"],
        text =>
        {
            try
            {
                var accepted = false;
                foreach (var record in EventRecords.Read(text))
                {
                    if (record.Problem is { } problem)
                    {
                        Assert.NotEmpty(problem);
                        continue;
                    }

                    using var written = JsonDocument.Parse(EventObject.ToJson(EventObject.Of(record.Json)), new JsonDocumentOptions { MaxDepth = EventObject.MaxDepth + 1 });
                    Assert.Equal(JsonValueKind.Object, written.RootElement.ValueKind);
                    accepted = true;
                }

                return accepted;
            }
            catch (JsonException e)
            {
                Assert.NotEmpty(e.Message);
                return false;
            }
        });
}
