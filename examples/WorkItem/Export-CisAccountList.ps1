<#
.SYNOPSIS
Writes the accounts of an organization to a list in a store: the step before Invoke-CisWorkItem.ps1.

.DESCRIPTION
Lists the active accounts with credentials of the management account or of a delegated administrator, and writes their IDs and names
as JSON to accounts/TIME.json in the store. The output is one line of JSON with the place of the list, for an engine that reads it.

.PARAMETER Store
Where evidence is kept: a folder, or s3://bucket/prefix, which needs the module AWS.Tools.S3.

.PARAMETER OrganizationalUnit
Only accounts in these organizational units, as a list or as text with commas. The default is the whole organization.

.PARAMETER Exclude
Accounts to leave out, by ID or name, as a list or as text with commas.

.PARAMETER Since
The time of the run. The default is now.

.EXAMPLE
./Export-CisAccountList.ps1 -Store ./evidence -OrganizationalUnit Workloads

Writes the accounts of an organizational unit to a list in a folder.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Store,

    [AllowNull()]
    [string[]] $OrganizationalUnit,

    [AllowNull()]
    [string[]] $Exclude,

    [datetime] $Since = [datetime]::UtcNow
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Import-Module -Name CisAws
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Store.psm1')

$filter = @{}
$units = @($OrganizationalUnit -split '\s*[,;]\s*' -ne '')
$left = @($Exclude -split '\s*[,;]\s*' -ne '')
if ($units) { $filter['OrganizationalUnit'] = $units }
if ($left) { $filter['Exclude'] = $left }
$accounts = @(Get-CisAccount @filter | Select-Object -Property AccountId, Name, OrganizationalUnit)
if (-not $accounts) {
    throw 'No account is in the scope. Check the organizational units and the exclusions.'
}

$name = "accounts/$(Get-StoreTime $Since).json"
Use-TemporaryFolder {
    param($folder)
    $file = Join-Path -Path $folder -ChildPath 'accounts.json'
    [IO.File]::WriteAllText($file, (ConvertTo-Json -InputObject $accounts))
    Send-StoreFile $Store $name $file
}

$bucket, $key = if ($Store -match '^s3://([^/]+)/?(.*?)/?$') { $Matches[1], (@($Matches[2], $name) -ne '' -join '/') } else { $Store, $name }
ConvertTo-Json -Compress -InputObject ([ordered]@{ Bucket = $bucket; Key = $key; AccountList = $name; Accounts = $accounts.Count })
