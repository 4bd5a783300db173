# For real shells: Windows PowerShell 5.1 and PowerShell 7. Needs out/CisAws (dotnet build) and dotnet for the emulator.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $root = Split-Path -Path $PSScriptRoot -Parent
    $module = Join-Path -Path $root -ChildPath 'out/CisAws'
    Import-Module -Name $module -Force

    # The emulator prints one line for each environment variable that points at it.
    $emulator = [Diagnostics.Process]@{
        StartInfo = [Diagnostics.ProcessStartInfo]@{
            FileName               = 'dotnet'
            Arguments              = "`"$root/src/CisAws.Emulator/bin/Debug/net10.0/CisAws.Emulator.dll`" `"$module/demo/account.json`""
            RedirectStandardOutput = $true
            UseShellExecute        = $false
        }
    }
    [void] $emulator.Start()
    $variables = @{}
    while ($variables.Count -lt 3 -and $null -ne ($line = $emulator.StandardOutput.ReadLine())) {
        if ($line -match "(AWS_\w+)='([^']+)'") {
            $variables[$Matches[1]] = $Matches[2]
        }
    }

    $account = @{
        EndpointUrl = $variables['AWS_ENDPOINT_URL']
        AccessKey   = $variables['AWS_ACCESS_KEY_ID']
        SecretKey   = $variables['AWS_SECRET_ACCESS_KEY']
    }
}

AfterAll {
    if ($emulator -and -not $emulator.HasExited) {
        $emulator.Kill()
    }
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        { Test-ModuleManifest -Path (Join-Path -Path $module -ChildPath 'CisAws.psd1') -ErrorAction Stop } | Should -Not -Throw
    }

    It 'exports its cmdlets and nothing else' {
        (Get-Command -Module CisAws).Name | Sort-Object |
            Should -Be @(
                'Compare-CisMetricFilter',
                'Compare-CisProgram',
                'Copy-CisProgram',
                'Export-CisProgram',
                'Get-CisControl',
                'Get-CisFinding',
                'Get-CisProgram',
                'Get-CisProgramProblem',
                'Import-CisAttestation',
                'Import-CisProgram',
                'Invoke-CisAssessment',
                'Measure-CisAssessment',
                'New-CisAttestation',
                'New-CisException',
                'New-CisProgram',
                'Remove-CisProgram',
                'Select-CisEvent',
                'Set-CisProgram',
                'Test-CisMetricFilter',
                'Test-CisProgram'
            )
    }

    It 'imports again after it was removed' {
        Remove-Module -Name CisAws
        Import-Module -Name $module
        @(Get-CisControl).Count | Should -Be 49
    }
}

Describe 'Get-CisControl' {
    It 'finds controls by wildcard' {
        (Get-CisControl -Id '3.1?').ControlId | ForEach-Object { "$_" } | Should -Be @('3.10', '3.11', '3.12', '3.13', '3.14')
    }

    It 'sorts 1.9 before 1.10' {
        $ids = Get-CisControl -Id '1.10', '1.9' | Sort-Object -Property ControlId | ForEach-Object { "$($_.ControlId)" }
        $ids | Should -Be @('1.9', '1.10')
    }

    It 'refuses a number that could be two ids' {
        { Get-CisControl -Id 1.1, 1.9 } | Should -Throw -ExpectedMessage '*Quote it*'
    }
}

Describe 'Invoke-CisAssessment' {
    BeforeAll {
        $results = @(Invoke-CisAssessment @account -WarningAction SilentlyContinue)
    }

    It 'gives one result a control, in the order of the catalogue' {
        $results.Count | Should -Be 49
        $sorted = $results | Sort-Object -Property ControlId
        ($results.ControlId -join ' ') | Should -Be ($sorted.ControlId -join ' ')
    }

    It 'filters with Where-Object' {
        @($results | Where-Object Status -EQ Fail).Count | Should -BeGreaterThan 0
    }

    It 'groups by status' {
        ($results | Group-Object -Property Status | Measure-Object -Property Count -Sum).Sum | Should -Be 49
    }

    It 'exports a CSV without type names in its cells' {
        $csv = $results | ConvertTo-Csv -NoTypeInformation
        $csv.Count | Should -Be 50
        $csv | Should -Not -Match 'System\.|CisAws\.[A-Z]'
    }

    It 'survives Export-Clixml with its findings' {
        $file = Join-Path -Path $TestDrive -ChildPath 'results.xml'
        $results | Export-Clixml -Path $file
        $back = Import-Clixml -Path $file
        @($back | Get-CisFinding).Count | Should -Be @($results | Get-CisFinding).Count
        ($back | Measure-CisAssessment).ExitCode | Should -Be 2
    }

    It 'stops for Select-Object -First' {
        @(Invoke-CisAssessment @account -WarningAction SilentlyContinue | Select-Object -First 1).Count | Should -Be 1
    }

    It 'says what is wrong with credentials that AWS rejects' {
        { Invoke-CisAssessment -EndpointUrl $account.EndpointUrl -AccessKey 'AKIAIOSFODNN7EXAMPLE' -SecretKey 'wrong' } |
            Should -Throw -ErrorId 'CredentialsRejected,CisAws.PowerShell.Commands.InvokeCisAssessmentCommand'
    }
}
