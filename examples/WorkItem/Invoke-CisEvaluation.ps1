<#
.SYNOPSIS
Assesses the evidence of all accounts in a store together, and writes the reports: the step after Invoke-CisWorkItem.ps1.

.DESCRIPTION
Takes the newest evidence of each account that was collected since the time in Since, and does not call AWS for it. Accounts that
were expected and have no evidence are Unknown with the reason code AccountUnreachable, so that no account is missing. The reports
are written to reports/TIME in the store, and replaced if the step is done again.

The output is one line of JSON: the counts, and the accounts that were not collected. An evaluation with missing accounts is not an
error.

.PARAMETER Store
Where evidence is kept: a folder, or s3://bucket/prefix, which needs the module AWS.Tools.S3.

.PARAMETER ExpectedAccount
The IDs of the accounts that must have evidence, as a list or as text with commas.

.PARAMETER AccountList
The name of a file in the store with the expected accounts, as Export-CisAccountList.ps1 writes it.

.PARAMETER Program
The compliance program: its name, or the path of its file. The default is the benchmark.

.PARAMETER Since
Evidence that is older is not used. The default is twelve hours ago.

.PARAMETER Report
The names of further reports, next to accounts.csv with a row for each account. The extension selects the format, as that of
Export-CisReport does. A report.html of more than about a hundred accounts is too large for a browser.

.EXAMPLE
./Invoke-CisEvaluation.ps1 -Store ./evidence -ExpectedAccount 111122223333, 444455556666

Assesses the evidence of two accounts in a folder.

.EXAMPLE
./Invoke-CisEvaluation.ps1 -Store s3://norrvik-audit/cis -AccountList accounts/20270331T050000Z.json -Since 2027-03-31T05:00:00Z -Report results.csv, results.ocsf.json

Assesses the evidence that was collected at 05:00 UTC or later, of the accounts of a list in the store.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Store,

    [AllowNull()]
    [string[]] $ExpectedAccount,

    [AllowEmptyString()]
    [string] $AccountList,

    [AllowEmptyString()]
    [string] $Program,

    [datetime] $Since = [datetime]::UtcNow.AddHours(-12),

    [string[]] $Report = @('results.csv')
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Import-Module -Name CisAws
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'Store.psm1')

Use-TemporaryFolder {
    param($folder)
    $expected = @($ExpectedAccount -split '[\s,;]+' -ne '')
    if ($AccountList) {
        $list = Receive-StoreFile $Store $AccountList $folder
        $expected += @((ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($list))).AccountId)
    }
    if (-not $expected) {
        throw 'It is not known which accounts are expected. Specify -ExpectedAccount or -AccountList.'
    }

    $evidence = Get-StoreEvidence $Store $Since
    $missing = @($expected | Where-Object -FilterScript { -not $evidence.ContainsKey($_) } | Sort-Object -Unique)
    $assessment = @{}
    if ($Program) { $assessment['Program'] = $Program }
    if ($evidence.Count -eq 0) {
        throw "There is no evidence in $Store since $(Get-StoreTime $Since). Collect it with Invoke-CisWorkItem.ps1."
    }

    $files = @($evidence.Keys | Sort-Object | ForEach-Object -Process { [WildcardPattern]::Escape((Receive-StoreFile $Store $evidence[$_] $folder)) })
    # The accounts that are missing are in the results.
    $results = @(Invoke-CisAssessment @assessment -Evidence $files -ExpectedAccount $expected -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)

    $reports = "reports/$(Get-StoreTime $Since)"
    foreach ($name in $Report) {
        $file = Join-Path -Path $folder -ChildPath $name
        $results | Export-CisReport -Path $file
        Send-StoreFile $Store "$reports/$name" $file
    }

    $summary = $results | Measure-CisAssessment
    $file = Join-Path -Path $folder -ChildPath 'accounts.csv'
    $summary.ByAccount | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding UTF8
    Send-StoreFile $Store "$reports/accounts.csv" $file
    ConvertTo-Json -Compress -InputObject ([ordered]@{
            Accounts            = @($summary.ByAccount).Count
            NotCollected        = $missing.Count
            # A state of an engine is limited in size; the reports name all of them.
            NotCollectedAccount = @($missing | Select-Object -First 100)
            Pass                = $summary.Pass
            Fail                = $summary.Fail
            Unknown             = $summary.Unknown
            PassRate            = $summary.PassRate
            ExitCode            = $summary.ExitCode
            Reports             = $reports
        })
}
