using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;
using CisAws.PowerShell.Loading;

namespace CisAws.PowerShell.Commands;

/// <summary>Copies the runs of a folder of evidence to Amazon S3, or from there to a folder.</summary>
/// <remarks>
/// <para>Copies what Invoke-CisAssessment -EvidencePath and Export-CisEvidence keep: runs/ACCOUNT/TIME.cisevidence, and the results in TIME.json. Only
/// files that the destination does not have are copied, so that the cmdlet can be repeated. Nothing is overwritten or deleted: a file of the same name with
/// another size is an error. Test-CisEvidence tests the content of the files.</para>
/// <para>The credentials need s3:ListBucket on the bucket and s3:PutObject on its objects, or s3:GetObject to copy from it, and the permissions for the KMS
/// key of the bucket. With a KMS key, s3:GetObject also lets the cmdlet recognize a file that was stored although the response was lost. The role CisAuditor does not have these permissions: use other credentials, which cannot delete. S3 Object Lock protects the files
/// from being changed or deleted.</para>
/// </remarks>
/// <parameter name="Region">The region to begin with. The bucket can be in another one. Default: the home region of the credentials.</parameter>
/// <example>
/// <code>Copy-CisEvidence ./evidence s3://norrvik-backups/cis</code>
/// <para>Keep the runs in a bucket.</para>
/// </example>
/// <example>
/// <code>Copy-CisEvidence s3://norrvik-backups/cis ./evidence -PassThru | Where-Object { $_ -like '*.cisevidence' } | Test-CisEvidence</code>
/// <para>Fetch the runs that are not here yet, and test them.</para>
/// </example>
/// <example>
/// <code>
/// Invoke-CisAssessment -EvidencePath ./evidence | Export-Csv results.csv -NoTypeInformation
/// Copy-CisEvidence ./evidence s3://norrvik-backups/cis -ErrorAction Stop
/// </code>
/// <para>Assess in a scheduled task, and fail if the evidence is not in the bucket.</para>
/// </example>
/// <returns>The paths of the files that were copied, in the destination, if -PassThru is specified.</returns>
/// <seealso cref="ExportCisEvidenceCommand"/>
/// <seealso cref="TestCisEvidenceCommand"/>
/// <seealso cref="RemoveCisEvidenceCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
[Cmdlet(VerbsCommon.Copy, "CisEvidence", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Copy-CisEvidence.md")]
[OutputType(typeof(string))]
public sealed class CopyCisEvidenceCommand : RegionCommand
{
    // Each is in memory, of at most 128 MiB.
    private const int FilesAtOnce = 8;

    // Counted on the thread of the pipeline.
    private int _copied;

    /// <summary>The folder to copy from, or the place in Amazon S3: s3://BUCKET/PREFIX.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The folder or the place in Amazon S3 to copy to. One of both is in Amazon S3. A missing folder is created.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(NoCompleter))]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Returns the paths of the files that were copied, in the destination.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var location = LocationOf(Path) ?? LocationOf(Destination);
        if (location is null || S3Location.IsMeant(Path) == S3Location.IsMeant(Destination))
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "OneSideInS3", "-Path or -Destination must be in Amazon S3, such as s3://norrvik-backups/cis, and the other one a folder.", Destination,
                "To copy from one folder to another, use Copy-Item -Recurse."));
        }

        var folder = GetUnresolvedProviderPathFromPSPath(S3Location.IsMeant(Path) ? Destination : Path);
        if (File.Exists(folder) || (!S3Location.IsMeant(Path) && !Directory.Exists(folder)))
        {
            ThrowTerminatingError(CisErrors.NoFolderOfRuns(folder));
        }

        try
        {
            Connect(connection =>
            {
                var (local, remote) = (new FolderStore(folder), new BucketStore(connection.Bucket(location!.Bucket), location));
                Copy(S3Location.IsMeant(Path) ? remote : local, S3Location.IsMeant(Path) ? local : remote);
            });
        }
        catch (CallException e)
        {
            ThrowTerminatingError(CisErrors.BucketNotListed(e, S3Location.IsMeant(Path) ? Path : Destination));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CisErrors.RunNotCopied(Path, Destination, e));
        }
    }

    private S3Location? LocationOf(string path)
    {
        if (!S3Location.IsMeant(path))
        {
            return null;
        }

        if (S3Location.TryParse(path) is not { } location)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "InvalidS3Location", $"'{path}' is not a place in Amazon S3.", path,
                "Specify the bucket and a prefix, such as s3://norrvik-backups/cis. The scheme and the name of a bucket are in lower case."));
            throw new InvalidOperationException();
        }

        return location;
    }

    private void Copy(IRunStore from, IRunStore to)
    {
        var (source, target) = (Array.Empty<RunFile>() as IReadOnlyList<RunFile>, new Dictionary<string, RunFile>());
        Run(async token =>
        {
            source = await from.ListAsync(token).ConfigureAwait(false);
            target = (await to.ListAsync(token).ConfigureAwait(false)).ToDictionary(f => f.Name, StringComparer.Ordinal);
        });

        if (source.Count == 0)
        {
            WriteWarning($"'{Path}' contains no runs, such as runs/111122223333/20270331T120000Z.cisevidence. Nothing was copied.");
        }

        var missing = new List<RunFile>();
        foreach (var file in source)
        {
            if (!target.TryGetValue(file.Name, out var there))
            {
                if (ShouldProcess(to.AddressOf(file.Name), $"Copy {from.AddressOf(file.Name)}"))
                {
                    missing.Add(file);
                }
            }
            else if (there.Length != file.Length)
            {
                WriteError(CisErrors.RunDiffers(from.AddressOf(file.Name), to.AddressOf(file.Name)));
            }
        }

        Run(async token =>
        {
            using var turns = new SemaphoreSlim(FilesAtOnce);
            await Task.WhenAll(missing.Select(async file =>
            {
                await turns.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    await CopyAsync(from, to, file, token).ConfigureAwait(false);
                }
                finally
                {
                    turns.Release();
                }
            })).ConfigureAwait(false);
        });
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Files: {0}. Copied: {1}.", source.Count, _copied));
    }

    private async Task CopyAsync(IRunStore from, IRunStore to, RunFile file, CancellationToken token)
    {
        try
        {
            var content = await from.ReadAsync(file, token).ConfigureAwait(false);
            if (await to.AddAsync(file.Name, content, token).ConfigureAwait(false))
            {
                Post(() => OnCopied(to.AddressOf(file.Name)));
            }
            else
            {
                Post(() => WriteError(CisErrors.RunDiffers(from.AddressOf(file.Name), to.AddressOf(file.Name))));
            }
        }
        catch (Exception e) when (e is CallException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Post(() => WriteError(CisErrors.RunNotCopied(from.AddressOf(file.Name), to.AddressOf(file.Name), e)));
        }
    }

    private void OnCopied(string path)
    {
        _copied++;
        WriteVerbose($"Copied: {path}.");
        if (PassThru)
        {
            WriteObject(path);
        }
    }
}
