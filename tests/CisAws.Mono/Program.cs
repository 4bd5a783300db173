using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Aws;
using CisAws.Connections;

namespace CisAws.Mono;

/// <summary>
/// Assesses the account behind an endpoint with the net472 half of the module: CisAws.Mono ENDPOINT ACCESSKEY SECRETKEY.
/// Writes a line a control, in the catalogue's order; calls that were refused or failed go to the error stream.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var options = new ConnectionOptions { EndpointUrl = arguments[0], AccessKey = arguments[1], SecretKey = arguments[2], OnCall = Tell };
        using var connection = await new AwsDoor().ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
        var assessment = new Assessment(ControlCatalog.All, [], DateTimeOffset.UtcNow);
        await assessment.RunAsync(connection, result => Console.Out.WriteLine(Line(result)), CancellationToken.None).ConfigureAwait(false);
        return 0;
    }

    private static void Tell(AwsCall call)
    {
        if (call.Outcome != "OK")
        {
            Console.Error.WriteLine($"{call.Action} in {call.Region}: {call.Outcome} after {call.Duration.TotalMilliseconds:0} ms");
        }
    }

    private static string Line(CisResult result) => string.Format(
        CultureInfo.InvariantCulture, "{0}\t{1}\t{2}\t{3}\t{4}", result.ControlId, result.Status, result.ReasonCode, result.Findings.Count, result.Reason);
}
