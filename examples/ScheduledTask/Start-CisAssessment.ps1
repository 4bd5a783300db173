<#
.SYNOPSIS
Assesses an AWS account, writes the reports, and ends with the exit code of the results.

.DESCRIPTION
For scheduled tasks: the script does not prompt, and logs each error with the recommended action. Each run writes three
files, named by its time in UTC: results-*.csv with a row for each control, findings-*.csv with a row for each failing
resource, and assessment-*.log.

The exit code is 0 if the account is compliant, 2 if a control fails, 3 if none fails but some are Unknown, and 1 if the
account could not be assessed.

.PARAMETER ReportPath
The folder for reports and logs. The default is %LOCALAPPDATA%\CisAws\Reports of the account that runs the task, which other
users cannot read. A folder that does not exist is created; on Windows only SYSTEM, administrators and this account can read it.

.PARAMETER ProfileName
A named profile of AWS Tools, the AWS CLI or the SDKs.

.PARAMETER ProfileLocation
The credentials file that contains the profile. A service account does not have your credentials file.

.PARAMETER RoleArn
A role to assume.

.PARAMETER ExternalId
The external ID that the role requires.

.PARAMETER Region
Regions to assess, separated by commas. The default is every enabled region.

.PARAMETER Program
A compliance program: its name or the path of its file. The default is the whole benchmark.

.PARAMETER ProgramPath
The folder that contains the program. A service account does not have your program folder.

.PARAMETER KeepDays
Number of days after which reports and logs of earlier runs are deleted. 0 keeps all.

.EXAMPLE
./Start-CisAssessment.ps1 -ReportPath C:\Reports\CisAws

Assesses the account that the instance's role belongs to.

.EXAMPLE
./Start-CisAssessment.ps1 -ReportPath C:\Reports\CisAws -ProfileName audit -ProfileLocation D:\CisAws\credentials -Verbose

Uses a profile from a file that the account of the task can read, and logs every call to AWS.
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

# New-Item would read brackets in the name as wildcard characters. Without a folder there is no log; an error here ends the
# script with exit code 1 as well.
$folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ReportPath)
if (-not [IO.Directory]::Exists($folder)) {
    [void] [IO.Directory]::CreateDirectory($folder)
    # The reports list weaknesses of the account. An existing folder keeps its own permissions.
    if ($env:OS -eq 'Windows_NT') {
        $account = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
        $grants = foreach ($sid in @('S-1-5-18', 'S-1-5-32-544', $account | Select-Object -Unique)) { "*${sid}:(OI)(CI)F" }
        [void] (& "$env:SystemRoot\System32\icacls.exe" $folder /inheritance:r /grant:r $grants)
        if ($LASTEXITCODE -ne 0) {
            throw "The permissions of '$folder' could not be set (icacls exit code $LASTEXITCODE). Create the folder yourself, with permissions that keep other users out."
        }
    }
}

# Independent of the culture, so that file names sort by time.
$time = [datetime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [cultureinfo]::InvariantCulture)
$log = Join-Path -Path $folder -ChildPath "assessment-$time.log"

function Add-LogLine([string] $Text) {
    $now = [datetime]::UtcNow.ToString('u', [cultureinfo]::InvariantCulture)
    Add-Content -LiteralPath $log -Value "$now $Text" -Encoding UTF8
    $Text
}

# Writes a CSV file with a header even if there are no rows, with times in UTC as ISO 8601, and with a byte order mark, which Excel
# needs to read UTF-8.
function Export-Report([object[]] $Row, [type] $Type, [string] $Path) {
    $columns = $Type.GetProperties().Name
    $lines = if ($Row) {
        $Row | Select-Object -Property $columns | ForEach-Object -Process {
            foreach ($property in $_.PSObject.Properties) {
                if ($property.Value -is [datetime]) {
                    $property.Value = $property.Value.ToString('s', [cultureinfo]::InvariantCulture) + 'Z'
                }
            }
            $_
        } | ConvertTo-Csv -NoTypeInformation
    }
    else {
        '"' + ($columns -join '","') + '"'
    }
    [IO.File]::WriteAllLines($Path, [string[]] $lines, (New-Object -TypeName Text.UTF8Encoding -ArgumentList $true))
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

    # powershell.exe -File passes a list as one string.
    if ($Region) {
        $assessment['Region'] = $Region -split '[\s,]+' -ne ''
    }

    # Warnings, and with -Verbose each call, are merged into the output and logged as they arrive.
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

    $findings = @($results | Get-CisFinding -Status Fail)
    Export-Report $results $results[0].GetType() (Join-Path -Path $folder -ChildPath "results-$time.csv")
    Export-Report $findings (Get-Command -Name Get-CisFinding).OutputType.Type (Join-Path -Path $folder -ChildPath "findings-$time.csv")

    if ($KeepDays -gt 0) {
        # A report that is open in another program is deleted by a later run.
        Get-ChildItem -LiteralPath $folder -File |
            Where-Object -FilterScript {
                $_.Name -match '^(results|findings|assessment)-\d{8}T\d{6}Z\.(csv|log)$' -and
                $_.LastWriteTimeUtc -lt [datetime]::UtcNow.AddDays(-$KeepDays)
            } |
            Remove-Item -ErrorAction SilentlyContinue
    }

    Add-LogLine ("Account $($results[0].AccountId): $($summary.Pass) Pass, $($summary.Fail) Fail, $($summary.Unknown) Unknown, " +
        "$($summary.Exempt) Exempt, $($summary.Manual) Manual, $($summary.NotApplicable) NotApplicable.")
    Add-LogLine "Ended with exit code $($summary.ExitCode). Reports: $folder, *-$time.csv."
    exit $summary.ExitCode
}
catch {
    Add-LogLine "ERROR: $_"
    if ($_.ErrorDetails.RecommendedAction) {
        Add-LogLine "Recommended action: $($_.ErrorDetails.RecommendedAction)"
    }

    if ($_.FullyQualifiedErrorId -like 'Modules_ModuleNotFound*') {
        Add-LogLine 'Recommended action: Install CisAws for all users. The account of the task does not see the modules of your account.'
    }

    Add-LogLine "At line $($_.InvocationInfo.ScriptLineNumber), $($_.FullyQualifiedErrorId). Ended with exit code 1."
    exit 1
}
