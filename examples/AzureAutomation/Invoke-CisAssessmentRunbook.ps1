<#
.SYNOPSIS
Assesses AWS accounts in an Azure Automation job.

.DESCRIPTION
With IdentityRoleArn no key is stored: the managed identity of the Automation account gets a token from Microsoft Entra ID and
exchanges it for temporary credentials of that role. Otherwise the access key comes from a credential asset. The account of
these credentials is assessed, or they assume a role in each of the accounts of RoleArn. The job's output is a line for each
account and for each failing control. The rows of all accounts are written as CSV to a storage container if one is named.

An exit code does not fail a job, so the runbook throws: always if an account could not be assessed, and for what was found if
FailOn says so.

.PARAMETER IdentityRoleArn
The role that trusts the managed identity (AssumeRoleWithWebIdentity).

.PARAMETER Audience
The audience of the token: the application ID URI of an app registration, which the trust policy of the role names.

.PARAMETER CredentialName
The credential asset, used without IdentityRoleArn: the access key id is its user name, the secret access key its password.

.PARAMETER RoleArn
The roles to assume, one for each account. The portal takes a list as ['arn:...', 'arn:...'], or one text with commas.

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
./Invoke-CisAssessmentRunbook.ps1 -IdentityRoleArn arn:aws:iam::111122223333:role/CisAuditor -FailOn Fail

Assesses the account of the role, without a stored key. The job fails if a control fails.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -CredentialName CisAws -FailOn Fail

Assesses the account of the access key.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -RoleArn arn:aws:iam::111122223333:role/CisAuditor, arn:aws:iam::444455556666:role/CisAuditor -ExternalId norrvik-cis -StorageAccountName norrvikaudit -ContainerName cis

Assesses two accounts and stores one CSV file about both.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', 'CredentialName', Justification = 'It names a credential asset and is no secret.')]
[CmdletBinding()]
param(
    [string] $IdentityRoleArn,

    [string] $Audience = 'api://cisaws',

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

# Jobs share a process: neither an environment variable nor a file may hold credentials.
function Get-WebIdentityCredential([string] $RoleArn, [string] $Audience) {
    if (-not $env:IDENTITY_ENDPOINT) {
        throw 'The Automation account has no managed identity. Switch the system-assigned identity on (Identity, Status, On), and run the job again.'
    }

    $token = (Invoke-RestMethod -Uri "$($env:IDENTITY_ENDPOINT)?resource=$([uri]::EscapeDataString($Audience))" -Headers @{
            'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER
            'Metadata'          = 'True'
        }).access_token

    $region, $domain = switch -Wildcard ($RoleArn) {
        'arn:aws-us-gov:*' { 'us-gov-west-1', 'amazonaws.com' }
        'arn:aws-cn:*' { 'cn-north-1', 'amazonaws.com.cn' }
        'arn:aws-eusc:*' { 'eusc-de-east-1', 'amazonaws.eu' }
        default { 'us-east-1', 'amazonaws.com' }
    }
    # The call is not signed: the token is the proof.
    $answer = Invoke-RestMethod -Method Post -Uri "https://sts.$region.$domain/" -Headers @{ Accept = 'application/json' } -Body @{
        Action           = 'AssumeRoleWithWebIdentity'
        Version          = '2011-06-15'
        RoleArn          = $RoleArn
        RoleSessionName  = 'CisAws'
        WebIdentityToken = $token
    }
    $answer.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials
}

$credential = if ($IdentityRoleArn) { Get-WebIdentityCredential $IdentityRoleArn $Audience } else { Get-AutomationPSCredential -Name $CredentialName }
if ($null -eq $credential) {
    throw "There is no credential asset '$CredentialName'. Use -IdentityRoleArn, or create the asset: the access key id is its user name, the secret access key its password."
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
        $todo = if ($_.ErrorDetails.RecommendedAction) { " What to do: $($_.ErrorDetails.RecommendedAction)" }
        Write-Error -Message "$(if ($role) { "${role}: " })$($_.Exception.Message)$todo" -ErrorId $_.FullyQualifiedErrorId -ErrorAction Continue
        continue
    }

    $summary = $results | Measure-CisAssessment
    $exitCodes += $summary.ExitCode
    "$($results[0].AccountId): $($summary.Pass) Pass, $($summary.Fail) Fail, $($summary.Unknown) Unknown, " +
    "$($summary.Exempt) Exempt, $($summary.Manual) Manual, $($summary.NotApplicable) NotApplicable"
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
