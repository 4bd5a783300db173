<#
.SYNOPSIS
Registers a scheduled task that assesses an AWS account every day.

.DESCRIPTION
The task runs Start-CisAssessment.ps1 from the folder of this script, under SYSTEM, a group managed service account or an
account with a password. An existing task of the same name is replaced. Run the script from an elevated prompt.

.PARAMETER TaskName
The name of the task.

.PARAMETER At
The time of day at which the task starts.

.PARAMETER UserId
The account that runs the task, without a password: SYSTEM, LOCAL SERVICE, NETWORK SERVICE, or a group managed service account
such as NORRVIK\cis-audit$.

.PARAMETER Credential
The account that runs the task, with its password. The account needs the right to log on as a batch job.

.PARAMETER PowerShell
The PowerShell that runs the script: powershell.exe, or the path of pwsh.exe.

.PARAMETER ReportPath
The folder for reports and logs. The default is %LOCALAPPDATA%\CisAws\Reports of the account that runs the task.

.PARAMETER ProfileName
A named profile of AWS Tools, the AWS CLI or the SDKs.

.PARAMETER ProfileLocation
The credentials file that contains the profile. The account that runs the task must be able to read it.

.PARAMETER RoleArn
A role to assume.

.PARAMETER ExternalId
The external ID that the role requires.

.PARAMETER Region
Regions to assess. The default is every enabled region.

.PARAMETER Program
A compliance program: its name or the full path of its file. The default is the whole benchmark.

.PARAMETER ProgramPath
The folder that contains the program.

.PARAMETER KeepDays
Number of days after which reports and logs are deleted. 0 keeps all.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -ReportPath 'D:\Reports\CisAws' -WhatIf

Shows the command line of the task and registers nothing.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -UserId 'NORRVIK\cis-audit$' -At 05:30 -RoleArn arn:aws:iam::111122223333:role/CisAuditor

Runs under a group managed service account, and assumes a role with the credentials of the instance role.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -ProfileName audit -ProfileLocation D:\CisAws\credentials -Program norrvik

Runs under SYSTEM, with a profile from a credentials file, against your own program.
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'UserId')]
param(
    [string] $TaskName = 'CisAws assessment',

    [datetime] $At = '06:00',

    [Parameter(ParameterSetName = 'UserId')]
    [string] $UserId = 'SYSTEM',

    [Parameter(ParameterSetName = 'Credential', Mandatory)]
    [pscredential] $Credential,

    [string] $PowerShell = 'powershell.exe',

    [string] $ReportPath,

    [string] $ProfileName,

    [string] $ProfileLocation,

    [string] $RoleArn,

    [string] $ExternalId,

    [string[]] $Region,

    [string] $Program,

    [string] $ProgramPath,

    [ValidateRange(0, 3650)]
    [int] $KeepDays
)

$ErrorActionPreference = 'Stop'

# Quotes an argument of a command line so that a program reads the same text. Within quotation marks a backslash is special only
# before a quotation mark, which includes the closing one: C:\Reports\ becomes "C:\Reports\\".
function ConvertTo-QuotedArgument([string] $Value) {
    if ($Value.StartsWith('-')) {
        throw "'$Value' begins with a hyphen, which PowerShell would read as the name of a parameter."
    }

    '"' + ($Value -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"'
}

# The working directory of a task is System32, so paths are resolved here.
foreach ($name in 'ReportPath', 'ProfileLocation', 'ProgramPath') {
    if ($PSBoundParameters.ContainsKey($name)) {
        $PSBoundParameters[$name] = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($PSBoundParameters[$name])
    }
}

$runner = Join-Path -Path $PSScriptRoot -ChildPath 'Start-CisAssessment.ps1'
$arguments = @(
    '-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File', (ConvertTo-QuotedArgument $runner)
    foreach ($name in 'ReportPath', 'ProfileName', 'ProfileLocation', 'RoleArn', 'ExternalId', 'Region', 'Program', 'ProgramPath', 'KeepDays') {
        if ($PSBoundParameters.ContainsKey($name)) {
            "-$name", (ConvertTo-QuotedArgument ($PSBoundParameters[$name] -join ','))
        }
    }
) -join ' '

if (-not $PSCmdlet.ShouldProcess("$PowerShell $arguments", "Register the task '$TaskName'")) {
    return
}

$task = @{
    TaskName    = $TaskName
    Description = 'Assesses an AWS account against the CIS AWS Foundations Benchmark v1.2.0. Exit codes: 0 compliant, 2 any Fail, 3 no Fail but Unknown, 1 not assessed.'
    Action      = New-ScheduledTaskAction -Execute $PowerShell -Argument $arguments
    Trigger     = New-ScheduledTaskTrigger -Daily -At $At
    Settings    = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 2)
    Force       = $true
}
if ($Credential) {
    $task['User'] = $Credential.UserName
    $task['Password'] = $Credential.GetNetworkCredential().Password
}
else {
    # The name of a managed service account ends with a dollar sign. With the logon type Password, Windows retrieves its password.
    $logonType = if ($UserId.EndsWith('$')) { 'Password' } else { 'ServiceAccount' }
    $task['Principal'] = New-ScheduledTaskPrincipal -UserId $UserId -LogonType $logonType -RunLevel Limited
}

Register-ScheduledTask @task
