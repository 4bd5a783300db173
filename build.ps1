<#
.SYNOPSIS
Builds and tests CisAws.

.DESCRIPTION
Nothing here that plain dotnet commands do not do, but for Pester, which needs a real shell.

.PARAMETER Task
Build: dotnet build, which lays out out/CisAws. Test: dotnet test. Pester: the suites in pester/, in this shell, against
out/CisAws. Clean: removes what builds made.

.EXAMPLE
./build.ps1 -Task Build, Test

.EXAMPLE
./build.ps1 -Task Pester
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Clean' {
            Invoke-DotNet clean --configuration $Configuration
            if (Test-Path -LiteralPath 'out') {
                Remove-Item -LiteralPath 'out' -Recurse
            }
        }
        'Build' { Invoke-DotNet build --configuration $Configuration }
        'Test' { Invoke-DotNet test --configuration $Configuration }
        'Pester' {
            Import-Module -Name Pester -MinimumVersion 5.0
            $result = Invoke-Pester -Path (Join-Path -Path $PSScriptRoot -ChildPath 'pester') -Output Detailed -PassThru
            if ($result.FailedCount -gt 0 -or $result.TotalCount -eq 0) {
                throw "$($result.FailedCount) of $($result.TotalCount) Pester tests failed."
            }
        }
    }
}
finally {
    Pop-Location
}
