using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Connections;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that connects to AWS: who connects to which account and regions, as parameters, and work off the pipeline thread.</summary>
public abstract class AwsCmdlet : CisCmdlet
{
    private readonly HashSet<string> _warned = [];

    private HashSet<string> _typed = [];

    private PipelineQueue? _queue;

    /// <summary>
    /// Regions to assess. Default: the regions of the program, or every enabled region. The home regions of trails are read in any case.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ListArgument(AllowEmpty = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public virtual string[]? Region { get; set; }

    /// <summary>A named profile of AWS Tools, the AWS CLI or the SDKs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that contains the profile, if it is not in the default location.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>The access key ID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? SessionToken { get; set; }

    /// <summary>
    /// Credentials as an object: from AWS Tools, from Use-STSRole, a PSCredential (the user name is the access key ID) or a hashtable.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSCredentials")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Credential { get; set; }

    /// <summary>A role to assume, such as arn:aws:iam::111122223333:role/Auditor.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RoleArn { get; set; }

    /// <summary>The external ID that the role requires.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ExternalId { get; set; }

    /// <summary>An endpoint to use for all services instead of the AWS endpoints.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? EndpointUrl { get; set; }

    /// <summary>The maximum number of concurrent calls to AWS, 1 to 256. Not more than 16 of them are to the same service in the same region.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = new ConnectionOptions().ThrottleLimit;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        HideSecrets();
        _typed = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        RefuseEmpty(nameof(Region), Region is { Length: 0 });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => HideSecrets();

    /// <summary>True for a parameter on the command line, false for a property that came through the pipeline.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>An empty cell of a list says nothing; an empty argument is most likely a variable that was meant to say something.</summary>
    private protected void RefuseEmpty(string parameter, bool isEmpty)
    {
        if (isEmpty && IsTyped(parameter))
        {
            ThrowTerminatingError(CisErrors.InvalidArgument("EmptyArgument", $"-{parameter} is empty.", null, $"Specify a value for -{parameter}, or omit it."));
        }
    }

    private protected static bool IsEmpty(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is null or string { Length: 0 };

    /// <summary>Connects to the account that the parameters name, and works there. A connection that fails ends the run.</summary>
    /// <param name="work">The work, on the pipeline thread.</param>
    private protected void Connect(Action<IAccountConnection> work)
    {
        IAccountConnection? connection = null;
        try
        {
            var options = Options(onCall: () => { });
            Run(async token => connection = await LibraryLoader.Connector.ConnectAsync(options, token).ConfigureAwait(false));
            Describe(connection!);
            work(connection!);
        }
        catch (ConnectionException e)
        {
            ThrowTerminatingError(CisErrors.NoConnection(e, ProfileName ?? RoleArn));
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Runs work off the pipeline thread, and writes what it posts.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    private protected void Run(Func<CancellationToken, Task> work) => PipelineQueue.Run(
        (queue, token) =>
        {
            _queue = queue;
            return work(token);
        },
        Stop);

    /// <summary>Has something written on the pipeline thread; callable from any thread.</summary>
    private protected void Post(Action write) => _queue?.Post(write);

    /// <summary>The account that the parameters name.</summary>
    /// <param name="position">Its place in a list, counted from 1; null where there is no list.</param>
    private protected AccountLabel Label(int? position) => new(Given(), position);

    /// <summary>How to connect: by the parameters, or by the session's variables.</summary>
    /// <param name="onCall">Runs after each call, on the pipeline thread.</param>
    /// <exception cref="ConnectionException">An object or a variable does not hold what it should.</exception>
    private protected ConnectionOptions Options(Action onCall) => Options(Post, onCall);

    /// <summary>How to connect: by the parameters, or by the session's variables.</summary>
    /// <param name="post">The way to the pipeline thread.</param>
    /// <param name="onCall">Runs after each call, on the pipeline thread.</param>
    /// <exception cref="ConnectionException">An object or a variable does not hold what it should.</exception>
    private protected ConnectionOptions Options(Action<Action> post, Action onCall) => SessionVariables.Apply(WithCredential(Given()), SessionState) with
    {
        OnWarning = warning => post(() => WarnOnce(warning)),
        OnCall = call => post(() =>
        {
            WriteVerbose(string.Format(
                CultureInfo.InvariantCulture, "{0} {1} {2} {3:0} ms",
                call.Action, call.Region.Length == 0 ? "global" : call.Region, call.Outcome, call.Duration.TotalMilliseconds));
            WriteDebug($"{call.Action} request ID {call.RequestId}");
            onCall();
        }),
    };

    /// <summary>Shows what is connected to.</summary>
    private protected void Describe(IAccountConnection connection) => Describe(connection, Post);

    /// <summary>Shows what is connected to.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="post">The way to the pipeline thread.</param>
    private protected void Describe(IAccountConnection connection, Action<Action> post)
    {
        post(() => WriteVerbose($"Credentials: {connection.CredentialSource}."));
        post(() => WriteVerbose($"Account {connection.Account.AccountId}, partition {connection.Account.Partition}; caller: {connection.Account.CallerArn}."));
        post(() => WriteVerbose($"Home region, for global calls: {connection.HomeRegion}."));
        if (connection.Proxy is { } proxy)
        {
            post(() => WriteVerbose($"Proxy: {proxy} ($AWSProxy)."));
        }
    }

    /// <summary>What the parameters say, but for -Credential.</summary>
    private protected virtual ConnectionOptions Given()
    {
        var location = Value(ProfileLocation, nameof(ProfileLocation));
        return new ConnectionOptions
        {
            AccessKey = Value(AccessKey, nameof(AccessKey)),
            SecretKey = Value(SecretKey, nameof(SecretKey)),
            SessionToken = Value(SessionToken, nameof(SessionToken)),
            ProfileName = Value(ProfileName, nameof(ProfileName)),
            ProfileLocation = string.IsNullOrEmpty(location) ? null : GetUnresolvedProviderPathFromPSPath(location),
            Region = (Region ?? []).FirstOrDefault(r => AwsRegion.Find(r) is not null),
            EndpointUrl = Value(EndpointUrl, nameof(EndpointUrl)),
            RoleArn = Value(RoleArn, nameof(RoleArn)),
            ExternalId = Value(ExternalId, nameof(ExternalId)),
            ThrottleLimit = ThrottleLimit,
        };
    }

    private ConnectionOptions WithCredential(ConnectionOptions given)
    {
        var hasKeys = given.AccessKey is not null || given.SecretKey is not null || given.SessionToken is not null;
        var isEmptyCell = IsEmpty(Credential) && !IsTyped(nameof(Credential));
        return Credential is null || isEmptyCell || hasKeys ? given : CredentialArgument.Apply(given, Credential);
    }

    /// <summary>An empty cell of a list says nothing. An empty argument does: it is refused where it cannot be used.</summary>
    private protected string? Value(string? text, string parameter) => text is { Length: 0 } && !IsTyped(parameter) ? null : text;

    private void WarnOnce(string warning)
    {
        if (_warned.Add(warning))
        {
            WriteWarning(warning);
        }
    }

    /// <summary>
    /// Each record on the verbose, debug and warning streams leads to the bound parameters, which hold secrets even where they came from
    /// variables, and goes with them into logs and files.
    /// </summary>
    private void HideSecrets()
    {
        foreach (var name in new[] { nameof(SecretKey), nameof(SessionToken), nameof(Credential) })
        {
            if (IsGiven(name))
            {
                MyInvocation.BoundParameters[name] = "***";
            }
        }
    }
}
