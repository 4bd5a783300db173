<#
.SYNOPSIS
Collects the evidence of one AWS account into a store: the unit of work for engines that process many accounts.

.DESCRIPTION
Assumes the role in the account and writes one evidence file, runs/ACCOUNT/TIME.cisevidence, to the store. The work can be done again
at any time: if the store has evidence of the account since the time in Since, that is kept, and AWS is not called. Evidence in which
something is missing for the time being, such as by throttling, is stored, and is an error (EvidenceIncomplete): the next time it is
collected again.

The output is one line of JSON, with the Status Collected, Kept or Failed. A failure is also an error, so that powershell -File ends
with exit code 1; it contains the ID of the error, the message and the recommended action.

.PARAMETER AccountId
The account: 12 digits.

.PARAMETER Store
Where evidence is kept: a folder, or s3://bucket/prefix, which needs the module AWS.Tools.S3.

.PARAMETER RoleName
The role to assume in the account. If it is empty no role is assumed: the account must then be that of the credentials.

.PARAMETER ExternalId
The external ID that the role requires.

.PARAMETER Region
Regions to read, as a list or as text with commas. The default is every enabled region.

.PARAMETER Program
The compliance program whose evidence is collected: its name, or the path of its file. The default is the benchmark.

.PARAMETER Since
Evidence that was collected at this time or later is kept. The default is twelve hours ago. An engine that can repeat its work passes
the time at which its run began.

.EXAMPLE
./Invoke-CisWorkItem.ps1 -AccountId 111122223333 -Store ./evidence

Collects the evidence of an account into a folder.

.EXAMPLE
./Invoke-CisWorkItem.ps1 -AccountId 111122223333 -Store s3://norrvik-audit/cis -ExternalId norrvik-cis -Since 2027-03-31T05:00:00Z

Collects the evidence into Amazon S3, unless this was done at 05:00 UTC or later.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $AccountId,

    [Parameter(Mandatory)]
    [string] $Store,

    [AllowEmptyString()]
    [string] $RoleName = 'CisAuditor',

    [AllowEmptyString()]
    [string] $ExternalId,

    [AllowNull()]
    [string[]] $Region,

    [AllowEmptyString()]
    [string] $Program,

    [datetime] $Since = [datetime]::UtcNow.AddHours(-12)
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Write-Outcome([hashtable] $Outcome) {
    $line = [ordered]@{ AccountId = $AccountId; Status = $Outcome['Status'] }
    $Outcome.Keys | Where-Object -FilterScript { $_ -ne 'Status' } | Sort-Object | ForEach-Object -Process { $line[$_] = $Outcome[$_] }
    ConvertTo-Json -InputObject $line -Compress
}

function ConvertTo-Failure([string] $Id, [string] $Message, [string] $RecommendedAction) {
    $failure = New-Object -TypeName Management.Automation.ErrorRecord -ArgumentList @(
        (New-Object -TypeName InvalidOperationException -ArgumentList $Message), $Id, 'InvalidOperation', $AccountId)
    $failure.ErrorDetails = New-Object -TypeName Management.Automation.ErrorDetails -ArgumentList $Message
    $failure.ErrorDetails.RecommendedAction = $RecommendedAction
    $failure
}

try {
    Import-Module -Name CisAws
    Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Store.psm1')

    $regions = @($Region -split '[\s,;]+' -ne '')
    $connection = @{}
    if ($regions) { $connection['Region'] = $regions }
    if ($ExternalId) { $connection['ExternalId'] = $ExternalId }

    # Validates the ID, and knows the partition.
    $account = @{ AccountId = $AccountId }
    if ($RoleName) { $account['RoleName'] = $RoleName }
    $role = (Get-CisAccount @account @connection).RoleArn
    if ($RoleName) { $connection['RoleArn'] = $role }
    if ($Program) { $connection['Program'] = $Program }

    Use-TemporaryFolder {
        param($folder)
        $name = (Get-StoreEvidence $Store $Since $AccountId)[$AccountId]
        $kept = if ($name) { Import-CisEvidence -LiteralPath (Receive-StoreFile $Store $name $folder) -ErrorAction SilentlyContinue }
        # What is damaged, or missing for the time being, is collected again.
        if ($kept -and -not $kept.HasTemporaryFailures) {
            Write-Outcome @{ Status = 'Kept'; Evidence = $name }
            return
        }

        $evidence = Get-CisEvidence @connection -WarningAction SilentlyContinue
        if ($evidence.AccountId -ne $AccountId) {
            throw (ConvertTo-Failure 'WrongAccount' "The credentials are those of account $($evidence.AccountId), not of $AccountId." `
                    'Specify -RoleName, so that a role in the account is assumed, or use credentials of the account.')
        }

        $name = "runs/$AccountId/$(Get-StoreTime $evidence.CollectedAt).cisevidence"
        $file = Join-Path -Path $folder -ChildPath 'account.cisevidence'
        $evidence | Export-CisEvidence -Path $file
        Send-StoreFile $Store $name $file
        if ($evidence.HasTemporaryFailures) {
            throw (ConvertTo-Failure 'EvidenceIncomplete' "AWS did not answer everything: $(@($evidence.Unreadable | Select-Object -First 3) -join '; ')." `
                    "Do the work again. Until then $name is evaluated, and controls that need what is missing are Unknown.")
        }
        Write-Outcome @{ Status = 'Collected'; Evidence = $name; Unreadable = @($evidence.Unreadable).Count }
    }
}
catch {
    # An error that is thrown as text has the text as its ID.
    $id = ($_.FullyQualifiedErrorId -split ',')[0]
    Write-Outcome @{
        Status            = 'Failed'
        Error             = if ($id -match '^\w+$') { $id } else { $_.Exception.GetType().Name }
        Message           = $_.Exception.Message
        RecommendedAction = "$($_.ErrorDetails.RecommendedAction)"
    }
    $PSCmdlet.ThrowTerminatingError($_)
}
