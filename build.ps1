<#
.SYNOPSIS
Builds, tests and packs CisAws.

.DESCRIPTION
Nothing here that plain dotnet commands do not do, but for Pester and Analyze, which need a real shell and their modules.

.PARAMETER Task
Build: dotnet build, which lays out out/CisAws. Test: dotnet test. Package: dotnet pack, which lays out a Release and makes
out/CisAws.<version>.nupkg of it. Pester: the suites in pester/, in this shell, against out/CisAws. Analyze:
PSScriptAnalyzer over the scripts and the manifest in out/CisAws. Clean: removes what builds made.

.EXAMPLE
./build.ps1 -Task Build, Test

.EXAMPLE
pwsh ./build.ps1 -Task Package,Pester

From a shell that is not PowerShell.
#>
[CmdletBinding()]
param(
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'

# pwsh ./build.ps1 -Task Package,Pester hands over the list as one text.
$tasks = $Task -split '[\s,]+' -ne ''
$known = 'Build', 'Test', 'Pester', 'Analyze', 'Package', 'Clean'
$unknown = $tasks | Where-Object { $_ -notin $known }
if ($unknown) {
    throw "There is no task $($unknown -join ', '). There are: $($known -join ', ')."
}

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($tasks) {
        'Clean' {
            Invoke-DotNet clean --configuration $Configuration
            if (Test-Path -LiteralPath 'out') {
                Remove-Item -LiteralPath 'out' -Recurse
            }
        }
        'Build' { Invoke-DotNet build --configuration $Configuration }
        'Test' { Invoke-DotNet test --configuration $Configuration }
        'Package' { Invoke-DotNet pack (Join-Path -Path 'src' -ChildPath 'CisAws.PowerShell') }
        'Analyze' {
            Import-Module -Name PSScriptAnalyzer -MinimumVersion 1.20
            # The manifest's source names files that only the build puts beside it, and the rules for manifests look for them.
            if (-not (Test-Path -LiteralPath 'out/CisAws/CisAws.psd1')) {
                throw 'The manifest is analyzed in out/CisAws. Lay it out first: ./build.ps1 -Task Build, Analyze'
            }

            $findings = 'build.ps1', 'out/CisAws/CisAws.psd1', 'examples', 'module', 'pester' |
                ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse -Settings './PSScriptAnalyzerSettings.psd1' }
            # As lines: where there is no console, as in CI, a table leaves out the columns that 80 characters have no room for.
            $findings | ForEach-Object { "$($_.ScriptPath):$($_.Line): $($_.Severity) $($_.RuleName): $($_.Message)" }
            if ($findings) {
                throw "PSScriptAnalyzer has $(@($findings).Count) findings."
            }
        }
        'Pester' {
            if (-not (Test-Path -LiteralPath 'out/CisAws/CisAws.psd1')) {
                throw 'The suites need the module in out/CisAws. Lay it out first: ./build.ps1 -Task Build, Pester'
            }

            # It serves the account that they assess, and is no part of the module.
            Invoke-DotNet build (Join-Path -Path 'src' -ChildPath 'CisAws.Emulator') --configuration $Configuration

            # The suites are written for Pester 5.
            Import-Module -Name Pester -MinimumVersion 5.0 -MaximumVersion 5.99.99
            $result = Invoke-Pester -Path (Join-Path -Path $PSScriptRoot -ChildPath 'pester') -Output Detailed -PassThru
            # What breaks outside of a test, in a BeforeAll or in the search for tests, counts too.
            if ($result.Result -ne 'Passed' -or $result.PassedCount -eq 0) {
                throw "Pester says $($result.Result): $($result.FailedCount) of $($result.TotalCount) tests failed."
            }
        }
    }
}
finally {
    Pop-Location
}
