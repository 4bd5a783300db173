<#
.SYNOPSIS
Assesses AWS accounts in an Azure Automation job.

.DESCRIPTION
The access key comes from a credential asset of the Automation account. It is the account that is assessed, or it assumes a
role in each of the accounts that are. The job's output is a line for each account and each failing control. The rows of all
of them go as CSV into a storage container, when one is named, by the managed identity of the Automation account.

An exit code does not fail a job, so the runbook throws where it shall: for an account that could not be assessed always, for
what was found when FailOn says so.

.PARAMETER CredentialName
The credential asset: the access key id is its user name, the secret access key its password.

.PARAMETER RoleArn
The roles to assume, one for each account. The portal takes a list as ['arn:...', 'arn:...']; one text with commas will do too.

.PARAMETER ExternalId
The external id that the roles ask for.

.PARAMETER Region
Regions to look at; every enabled region by default.

.PARAMETER Program
A compliance program by name, one of the module's or one of yours in the module's folder programs; the whole benchmark by
default.

.PARAMETER FailOn
Fail: a failing control fails the job. Unknown: one that could not be decided does too. Never: neither.

.PARAMETER StorageAccountName
The storage account for the CSV file.

.PARAMETER ContainerName
The blob container for the CSV file.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -CredentialName CisAws -FailOn Fail

Assesses the account of the access key. The job fails when a control does.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -RoleArn arn:aws:iam::111122223333:role/CisAuditor, arn:aws:iam::444455556666:role/CisAuditor -ExternalId norrvik-cis -StorageAccountName norrvikaudit -ContainerName cis

Assesses two accounts and stores one CSV file about both.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', 'CredentialName', Justification = 'It names a credential asset and is no secret.')]
[CmdletBinding()]
param(
    [string] $CredentialName = 'CisAws',

    [string[]] $RoleArn,

    [string] $ExternalId,

    [string[]] $Region,

    [string] $Program,

    [ValidateSet('Never', 'Fail', 'Unknown')]
    [string] $FailOn = 'Never',

    [string] $StorageAccountName,

    [string] $ContainerName
)

$ErrorActionPreference = 'Stop'
# Progress would only fill the job's history.
$ProgressPreference = 'SilentlyContinue'

Import-Module -Name CisAws

$credential = Get-AutomationPSCredential -Name $CredentialName
if ($null -eq $credential) {
    throw "There is no credential asset '$CredentialName'. Make one: the access key id is its user name, the secret access key its password."
}

$assessment = @{ Credential = $credential }
if ($ExternalId) { $assessment['ExternalId'] = $ExternalId }
if ($Region) { $assessment['Region'] = $Region -split '[\s,]+' -ne '' }
if ($Program) {
    # A sandbox has no folder of yours: your own programs come with the module, in its zip.
    $assessment['Program'] = $Program
    $assessment['ProgramPath'] = Join-Path -Path (Get-Module -Name CisAws).ModuleBase -ChildPath 'programs'
}

# An account at a time: a job has 400 MB, and what is written down need not be kept.
$roles = @(if ($RoleArn) { $RoleArn -split '[\s,]+' -ne '' } else { '' })
$file = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "CisAws-$([guid]::NewGuid()).csv"
$exitCodes = @()
$unreached = 0
foreach ($role in $roles) {
    if ($role) { $assessment['RoleArn'] = $role }
    try {
        $results = @(Invoke-CisAssessment @assessment)
    }
    catch {
        # The other accounts follow.
        $unreached++
        Write-Error -ErrorRecord $_ -ErrorAction Continue
        continue
    }

    $summary = $results | Measure-CisAssessment
    $exitCodes += $summary.ExitCode
    "$($results[0].AccountId): $($summary.Pass) Pass, $($summary.Fail) Fail, $($summary.Unknown) Unknown, " +
    "$($summary.Excepted) Excepted, $($summary.Manual) Manual, $($summary.NotApplicable) NotApplicable"
    $results | Where-Object -Property Status -In -Value 'Fail', 'Unknown' |
        ForEach-Object -Process { "$($_.AccountId): $($_.ControlId) $($_.Status): $($_.Title)" }
    $results | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding UTF8 -Append
}

if ($StorageAccountName -and $exitCodes.Count -gt 0) {
    # The context stays in this job: others may run in the same process.
    [void] (Disable-AzContextAutosave -Scope Process)
    [void] (Connect-AzAccount -Identity)
    $blob = @{
        File      = $file
        Container = $ContainerName
        Blob      = "results-$([datetime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [cultureinfo]::InvariantCulture)).csv"
        Context   = New-AzStorageContext -StorageAccountName $StorageAccountName -UseConnectedAccount
    }
    [void] (Set-AzStorageBlobContent @blob -Force)
    "Stored as $($blob['Blob']) in $StorageAccountName/$ContainerName"
}

if (Test-Path -LiteralPath $file) {
    Remove-Item -LiteralPath $file
}

if ($unreached -gt 0) {
    throw "$unreached of $($roles.Count) accounts could not be assessed. The errors above say why."
}

if ($FailOn -ne 'Never' -and $exitCodes -contains 2) {
    throw "$(@($exitCodes -eq 2).Count) of $($roles.Count) accounts have failing controls."
}

if ($FailOn -eq 'Unknown' -and $exitCodes -contains 3) {
    throw "$(@($exitCodes -eq 3).Count) of $($roles.Count) accounts have controls that could not be decided."
}
