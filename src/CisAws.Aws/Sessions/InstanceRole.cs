using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CisAws.Aws.Sessions;

/// <summary>The role of the EC2 instance this runs on.</summary>
internal static class InstanceRole
{
    private const string MetadataService = "http://169.254.169.254/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The instance's role; null when there is no metadata service, which is so everywhere but on EC2.</summary>
    public static async Task<FoundCredentials?> FindAsync(CancellationToken cancellationToken)
    {
        var disabled = string.Equals(Environment.GetEnvironmentVariable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        var configured = Environment.GetEnvironmentVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        var service = new Uri(string.IsNullOrEmpty(configured) ? MetadataService : configured);
        return !disabled && await AnswersAsync(service, cancellationToken).ConfigureAwait(false)
            ? new FoundCredentials(new InstanceProfileAWSCredentials(), "the instance's role")
            : null;
    }

    /// <summary>The SDK would ask for a long time; elsewhere nobody listens, so a second tells.</summary>
    private static async Task<bool> AnswersAsync(Uri service, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        var connect = client.ConnectAsync(service.Host, service.Port);
        await Task.WhenAny(connect, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _ = connect.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return connect.Status == TaskStatus.RanToCompletion;
    }
}
