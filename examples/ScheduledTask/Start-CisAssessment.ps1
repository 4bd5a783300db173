<#
.SYNOPSIS
Assesses an AWS account, writes the reports, and ends with the exit code of the results.

.DESCRIPTION
For a scheduled task: it does not prompt, writes to full paths, and logs what went wrong and what to do about it. Each run
leaves three files, named by its time in UTC: results-*.csv with one row a control, findings-*.csv with one row a failing
resource, and assessment-*.log.

The exit code is 0 for compliant, 2 for any Fail, 3 for no Fail but Unknown, and 1 if the account could not be assessed.

.PARAMETER ReportPath
The folder of the reports and logs. By default %LOCALAPPDATA%\CisAws\Reports of the account of the task, which other users
cannot read. A folder that does not exist is created; on Windows only SYSTEM, administrators and this account may read it.

.PARAMETER ProfileName
A named profile of AWS Tools, the AWS CLI or the SDKs.

.PARAMETER ProfileLocation
The credentials file that holds the profile. A service account does not have yours.

.PARAMETER RoleArn
A role to assume first.

.PARAMETER ExternalId
The external id that the role asks for.

.PARAMETER Region
Regions to look at, with commas between them; every enabled region by default.

.PARAMETER Program
A compliance program: its name or the path of its file; the whole benchmark by default.

.PARAMETER ProgramPath
The folder that holds the program. A service account does not have yours.

.PARAMETER KeepDays
Reports and logs of earlier runs are removed after so many days; 0 keeps them all.

.EXAMPLE
./Start-CisAssessment.ps1 -ReportPath C:\Reports\CisAws

Assesses the account that the instance's role belongs to.

.EXAMPLE
./Start-CisAssessment.ps1 -ReportPath C:\Reports\CisAws -ProfileName audit -ProfileLocation D:\CisAws\credentials -Verbose

Takes the profile from a file that the account of the task may read, and logs every call to AWS.
#>
[CmdletBinding()]
param(
    [string] $ReportPath = (Join-Path -Path ([Environment]::GetFolderPath('LocalApplicationData')) -ChildPath 'CisAws\Reports'),

    [string] $ProfileName,

    [string] $ProfileLocation,

    [string] $RoleArn,

    [string] $ExternalId,

    [string[]] $Region,

    [string] $Program,

    [string] $ProgramPath,

    [ValidateRange(0, 3650)]
    [int] $KeepDays = 90
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# .NET creates the folder: New-Item would read brackets in its name as wildcard characters. Without a folder there is no log;
# an error here ends the script with exit code 1 as well.
$folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ReportPath)
if (-not [IO.Directory]::Exists($folder)) {
    [void] [IO.Directory]::CreateDirectory($folder)
    # The reports show an attacker where to begin. A folder that exists keeps its own permissions.
    if ($env:OS -eq 'Windows_NT') {
        $account = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
        $grants = foreach ($sid in @('S-1-5-18', 'S-1-5-32-544', $account | Select-Object -Unique)) { "*${sid}:(OI)(CI)F" }
        [void] (& "$env:SystemRoot\System32\icacls.exe" $folder /inheritance:r /grant:r $grants)
        if ($LASTEXITCODE -ne 0) {
            throw "The permissions of '$folder' could not be set: icacls ended with exit code $LASTEXITCODE. Create the folder first, with permissions of your own."
        }
    }
}

# The calendar is not left to the account's culture: names must sort by time.
$time = [datetime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [cultureinfo]::InvariantCulture)
$log = Join-Path -Path $folder -ChildPath "assessment-$time.log"

function Add-LogLine([string] $Text) {
    $now = [datetime]::UtcNow.ToString('u', [cultureinfo]::InvariantCulture)
    Add-Content -LiteralPath $log -Value "$now $Text" -Encoding UTF8
    $Text
}

try {
    Add-LogLine "Started as $([Environment]::UserDomainName)\$([Environment]::UserName) in PowerShell $($PSVersionTable.PSVersion)."
    Import-Module -Name CisAws

    $assessment = @{}
    foreach ($name in 'ProfileName', 'ProfileLocation', 'RoleArn', 'ExternalId', 'Program', 'ProgramPath') {
        if ($PSBoundParameters.ContainsKey($name)) {
            $assessment[$name] = $PSBoundParameters[$name]
        }
    }

    # powershell.exe -File hands over a list as one text.
    if ($Region) {
        $assessment['Region'] = $Region -split '[\s,]+' -ne ''
    }

    # Warnings, and with -Verbose each call, are merged into the output to be logged when they come.
    $results = @(Invoke-CisAssessment @assessment 3>&1 4>&1 | ForEach-Object -Process {
            if ($_ -is [Management.Automation.WarningRecord]) {
                [void] (Add-LogLine "WARNING: $_")
            }
            elseif ($_ -is [Management.Automation.VerboseRecord]) {
                [void] (Add-LogLine $_)
            }
            else {
                $_
            }
        })
    $summary = $results | Measure-CisAssessment

    $results | Export-Csv -LiteralPath (Join-Path -Path $folder -ChildPath "results-$time.csv") -NoTypeInformation -Encoding UTF8
    $results | Get-CisFinding -Status Fail |
        Export-Csv -LiteralPath (Join-Path -Path $folder -ChildPath "findings-$time.csv") -NoTypeInformation -Encoding UTF8

    if ($KeepDays -gt 0) {
        # A report that somebody has open stays until a later run.
        Get-ChildItem -LiteralPath $folder -File |
            Where-Object -FilterScript {
                $_.Name -match '^(results|findings|assessment)-\d{8}T\d{6}Z\.(csv|log)$' -and
                $_.LastWriteTimeUtc -lt [datetime]::UtcNow.AddDays(-$KeepDays)
            } |
            Remove-Item -ErrorAction SilentlyContinue
    }

    Add-LogLine ("Account $($results[0].AccountId): $($summary.Pass) Pass, $($summary.Fail) Fail, $($summary.Unknown) Unknown, " +
        "$($summary.Exempt) Exempt, $($summary.Manual) Manual, $($summary.NotApplicable) NotApplicable.")
    Add-LogLine "Ended with exit code $($summary.ExitCode). The reports are $folder, *-$time.csv."
    exit $summary.ExitCode
}
catch {
    Add-LogLine "ERROR: $_"
    if ($_.ErrorDetails.RecommendedAction) {
        Add-LogLine "What to do: $($_.ErrorDetails.RecommendedAction)"
    }

    if ($_.FullyQualifiedErrorId -like 'Modules_ModuleNotFound*') {
        Add-LogLine 'Install CisAws for all users: the account of a task does not see the modules of yours.'
    }

    Add-LogLine "At line $($_.InvocationInfo.ScriptLineNumber), $($_.FullyQualifiedErrorId). Ended with exit code 1."
    exit 1
}
