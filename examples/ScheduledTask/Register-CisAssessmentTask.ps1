<#
.SYNOPSIS
Registers a scheduled task that assesses an AWS account every day.

.DESCRIPTION
The task runs Start-CisAssessment.ps1, which lies beside this script, under SYSTEM, a group managed service account or an
account with a password. A task of the same name is replaced. Run it from an elevated prompt.

.PARAMETER TaskName
The name of the task.

.PARAMETER At
The time of day to start at.

.PARAMETER UserId
The account of the task, which needs no password: SYSTEM, LOCAL SERVICE, NETWORK SERVICE, or a group managed service account
such as NORRVIK\cis-audit$.

.PARAMETER Credential
The account of the task with its password, for one that has a password. It needs the right to log on as a batch job.

.PARAMETER PowerShell
The PowerShell that runs the script: powershell.exe, or the path of pwsh.exe.

.PARAMETER ReportPath
The folder of the reports and logs. By default %LOCALAPPDATA%\CisAws\Reports of the account of the task.

.PARAMETER ProfileName
A named profile of AWS Tools, the AWS CLI or the SDKs.

.PARAMETER ProfileLocation
The credentials file that holds the profile. The account of the task must be allowed to read it.

.PARAMETER RoleArn
A role to assume first.

.PARAMETER ExternalId
The external id that the role asks for.

.PARAMETER Region
Regions to look at; every enabled region by default.

.PARAMETER Program
A compliance program: its name or the full path of its file; the whole benchmark by default.

.PARAMETER ProgramPath
The folder that holds the program.

.PARAMETER KeepDays
Reports and logs are removed after so many days; 0 keeps them all.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -ReportPath 'D:\Reports\CisAws' -WhatIf

Shows the command line of the task and registers nothing.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -UserId 'NORRVIK\cis-audit$' -At 05:30 -RoleArn arn:aws:iam::111122223333:role/CisAuditor

Runs under a group managed service account, with the role of the instance, and assumes another.

.EXAMPLE
./Register-CisAssessmentTask.ps1 -ProfileName audit -ProfileLocation D:\CisAws\credentials -Program norrvik

Runs under SYSTEM, with a profile from a file of its own, by your own program.
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

# One argument of a command line, such that a program takes it apart into the same text. Inside of quotes a backslash only
# counts before a quote, and the closing one is a quote too: C:\Reports\ becomes "C:\Reports\\".
function ConvertTo-QuotedArgument([string] $Value) {
    if ($Value.StartsWith('-')) {
        throw "'$Value' begins with a hyphen: PowerShell would take it for the name of a parameter."
    }

    '"' + ($Value -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"'
}

# The task's current folder is System32: paths are made full here.
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
    Description = 'Assesses an AWS account against the CIS AWS Foundations Benchmark v1.2.0. Exit codes: 0 compliant, 2 Fail, 3 Unknown, 1 not run.'
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
    # The name of a managed service account ends with a dollar. Windows gets its password itself, where the logon type is Password.
    $logonType = if ($UserId.EndsWith('$')) { 'Password' } else { 'ServiceAccount' }
    $task['Principal'] = New-ScheduledTaskPrincipal -UserId $UserId -LogonType $logonType -RunLevel Limited
}

Register-ScheduledTask @task
