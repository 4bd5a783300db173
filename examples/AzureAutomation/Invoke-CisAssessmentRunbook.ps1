<#
.SYNOPSIS
Assesses AWS accounts in an Azure Automation job.

.DESCRIPTION
With IdentityRoleArn no key is stored: the managed identity of the Automation account gets a token from Microsoft Entra ID and
exchanges it for temporary credentials of that role. Otherwise the access key comes from a credential asset. The runbook assesses
the account of these credentials, or the accounts whose roles are given in RoleArn. The output has a line for each account and for
each failing control. The results of all accounts are stored as one CSV file in a storage container if one is specified.

An exit code does not fail a job. The runbook throws an error if an account could not be assessed, or if the results match FailOn.

.PARAMETER IdentityRoleArn
The role that trusts the managed identity (AssumeRoleWithWebIdentity).

.PARAMETER Audience
The audience of the token: the application ID URI of an app registration, which the trust policy of the role names.

.PARAMETER CredentialName
The credential asset that is used without IdentityRoleArn. Its user name is the access key ID, its password the secret access key.

.PARAMETER RoleArn
The roles to assume, one for each account. In the portal enter a list as ['arn:...', 'arn:...'], or one text with commas.

.PARAMETER AccountRoleName
The role to assume in each account of the organization, instead of RoleArn. The identity's role, or the key, must be able to list the
accounts, which the management account and delegated administrators can.

.PARAMETER ExternalId
The external ID that the roles require.

.PARAMETER Region
Regions to assess. The default is every enabled region.

.PARAMETER Program
The name of a compliance program: a default program, or one in the folder programs of the module. The default is the whole
benchmark.

.PARAMETER FailOn
Fail: the job fails if a control is Fail. Unknown: it also fails if a control is Unknown. Never: it does not fail for results.

.PARAMETER StorageAccountName
The storage account of the CSV file.

.PARAMETER ContainerName
The blob container of the CSV file.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -IdentityRoleArn arn:aws:iam::111122223333:role/CisAuditor -FailOn Fail

Assesses the account of the role, without a stored key. The job fails if a control fails.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -IdentityRoleArn arn:aws:iam::111122223333:role/azure-automation -AccountRoleName CisAuditor -ExternalId norrvik-cis

Assesses all accounts of the organization, without a stored key.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -CredentialName CisAws -FailOn Fail

Assesses the account of the access key.

.EXAMPLE
./Invoke-CisAssessmentRunbook.ps1 -RoleArn arn:aws:iam::111122223333:role/CisAuditor, arn:aws:iam::444455556666:role/CisAuditor -ExternalId norrvik-cis -StorageAccountName norrvikaudit -ContainerName cis

Assesses two accounts and stores their results in one CSV file.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', 'CredentialName', Justification = 'The name of a credential asset is not a secret.')]
[CmdletBinding()]
param(
    [string] $IdentityRoleArn,

    [string] $Audience = 'api://cisaws',

    [string] $CredentialName = 'CisAws',

    [string[]] $RoleArn,

    [string] $AccountRoleName,

    [string] $ExternalId,

    [string[]] $Region,

    [string] $Program,

    [ValidateSet('Never', 'Fail', 'Unknown')]
    [string] $FailOn = 'Never',

    [string] $StorageAccountName,

    [string] $ContainerName
)

$ErrorActionPreference = 'Stop'
# The job history does not show progress.
$ProgressPreference = 'SilentlyContinue'

Import-Module -Name CisAws

# Jobs share a process, so credentials must not be in environment variables or files.
function Get-WebIdentityCredential([string] $RoleArn, [string] $Audience) {
    if (-not $env:IDENTITY_ENDPOINT) {
        throw 'The Automation account does not have a managed identity. Turn the system-assigned identity on (Identity, Status, On), and run the job again.'
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
    # The call is authenticated by the token and not signed.
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
    throw "There is no credential asset '$CredentialName'. Use -IdentityRoleArn, or create the asset with the access key ID as user name and the secret access key as password."
}

# The credentials of a role are valid for one hour, and an organization can take longer.
function Get-ValidCredential($Credential) {
    if ($IdentityRoleArn -and [DateTimeOffset]::FromUnixTimeSeconds([long] $Credential.Expiration) -lt [DateTimeOffset]::UtcNow.AddMinutes(10)) {
        return Get-WebIdentityCredential $IdentityRoleArn $Audience
    }
    $Credential
}

$assessment = @{ Credential = $credential }
if ($Region) { $assessment['Region'] = $Region -split '[\s,]+' -ne '' }
if ($Program) {
    # A sandbox does not have your files. Your own programs are in the zip file of the module.
    $assessment['Program'] = $Program
    $assessment['ProgramPath'] = Join-Path -Path (Get-Module -Name CisAws).ModuleBase -ChildPath 'programs'
}

# One account at a time: a job has 400 MB of memory, and results that are written to the file are not kept.
$roles = @(if ($AccountRoleName) {
        (Get-CisAccount -RoleName $AccountRoleName -Credential $credential).RoleArn
    }
    elseif ($RoleArn) { $RoleArn -split '[\s,]+' -ne '' }
    else { '' })
$file = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "CisAws-$([guid]::NewGuid()).csv"
# Both write a byte order mark, which Excel needs to read UTF-8.
$encoding = if ($PSVersionTable.PSEdition -eq 'Core') { 'utf8BOM' } else { 'UTF8' }
$exitCodes = @()
$unreached = 0
foreach ($role in $roles) {
    # In the list of the organization, the account of the credentials needs no role.
    $connection = @{}
    if ($role) { $connection['RoleArn'] = $role }
    if ($ExternalId -and ($role -or -not $AccountRoleName)) { $connection['ExternalId'] = $ExternalId }
    try {
        $assessment['Credential'] = Get-ValidCredential $assessment['Credential']
        $results = @(Invoke-CisAssessment @assessment @connection)
    }
    catch {
        # The other accounts are assessed.
        $unreached++
        $action = if ($_.ErrorDetails.RecommendedAction) { " Recommended action: $($_.ErrorDetails.RecommendedAction)" }
        Write-Error -Message "$(if ($role) { "${role}: " })$($_.Exception.Message)$action" -ErrorId $_.FullyQualifiedErrorId -ErrorAction Continue
        continue
    }

    $summary = $results | Measure-CisAssessment
    $exitCodes += $summary.ExitCode
    "$($results[0].AccountId): $($summary.Pass) Pass, $($summary.Fail) Fail, $($summary.Unknown) Unknown, " +
    "$($summary.Exempt) Exempt, $($summary.Manual) Manual, $($summary.NotApplicable) NotApplicable"
    $results | Where-Object -Property Status -In -Value 'Fail', 'Unknown' |
        ForEach-Object -Process { "$($_.AccountId): $($_.ControlId) $($_.Status): $($_.Title)" }
    $results | Select-Object -Property * | ForEach-Object -Process {
        # Times in UTC as ISO 8601, independent of the culture.
        foreach ($property in $_.PSObject.Properties) {
            if ($property.Value -is [datetime]) {
                $property.Value = $property.Value.ToString('s', [cultureinfo]::InvariantCulture) + 'Z'
            }
        }
        $_
    } | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding $encoding -Append
}

if ($StorageAccountName -and $exitCodes.Count -gt 0) {
    # The context must not be saved: other jobs can run in the same process.
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
    throw "$unreached of $($roles.Count) accounts could not be assessed. See the errors above."
}

if ($FailOn -ne 'Never' -and $exitCodes -contains 2) {
    throw "$(@($exitCodes -eq 2).Count) of $($roles.Count) accounts have failing controls."
}

if ($FailOn -eq 'Unknown' -and $exitCodes -contains 3) {
    throw "$(@($exitCodes -eq 3).Count) of $($roles.Count) accounts have Unknown controls."
}
