# What ships, and how it is imported. Needs the module alone.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $packed = Test-Path -Path (Join-Path -Path $PSScriptRoot -ChildPath '../out/CisAws.*.nupkg')
    $onWindows = $env:OS -eq 'Windows_NT'
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $path = Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1'
}

AfterAll {
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'The manifest' {
    BeforeAll {
        $manifest = Test-ModuleManifest -Path ([WildcardPattern]::Escape($path)) -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'is one that PowerShell accepts, without a warning' {
        $manifest.Name | Should -Be 'CisAws'
        $warnings | Should -BeNullOrEmpty
    }

    It 'is for both editions, from Windows PowerShell 5.1 on' {
        $manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
        $manifest.PowerShellVersion | Should -Be '5.1'
    }

    It 'says what the gallery asks for' {
        foreach ($name in 'Author', 'Description', 'Copyright', 'Guid', 'ProjectUri', 'LicenseUri', 'ReleaseNotes') {
            $manifest.$name | Should -Not -BeNullOrEmpty -Because "it has a $name"
        }

        $manifest.Tags | Should -Contain 'PSEdition_Desktop'
        $manifest.Tags | Should -Contain 'PSEdition_Core'
        $manifest.Tags | ForEach-Object { $_ | Should -Not -Match '\s' }
    }

    It 'can be read as data' {
        (Import-PowerShellDataFile -LiteralPath $path).ModuleVersion | Should -Be "$($manifest.Version)"
    }

    It 'has the newest version of the changelog, or one that is coming' {
        $newest = Get-Content -LiteralPath (Join-Path -Path $repository -ChildPath 'CHANGELOG.md') |
            Where-Object { $_ -match '^## \[(.+?)\]' } | ForEach-Object { $Matches[1] } | Select-Object -First 1
        $newest | Should -BeIn "$($manifest.Version)", 'Unreleased'
    }

    It 'has the version of the assembly that holds the cmdlets' {
        $assembly = (Get-Command -Name Get-CisControl).ImplementingType.Assembly
        $assembly.GetName().Version | Should -Be "$($manifest.Version).0"
    }
}

Describe 'The folder' {
    It 'holds the files of module/files.txt and no others' {
        $listed = Get-Content -LiteralPath (Join-Path -Path $repository -ChildPath 'module/files.txt')
        $there = Get-ChildItem -LiteralPath $moduleFolder -Recurse -File -Force |
            ForEach-Object { $_.FullName.Substring($moduleFolder.Length + 1).Replace('\', '/') }
        Compare-Object -ReferenceObject $listed -DifferenceObject $there -CaseSensitive | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } |
            Should -BeNullOrEmpty
    }

    It 'is found by the name of a cmdlet where it lies on PSModulePath' {
        $found = Invoke-InNewShell -Environment @{
            PSModulePath = (Split-Path -Path $moduleFolder -Parent) + [System.IO.Path]::PathSeparator + $env:PSModulePath
        } -Command '@(Get-CisControl).Count; (Get-Module -Name CisAws).ModuleBase'
        $found.ErrorOutput | Should -BeNullOrEmpty
        $found.Output | Should -Be '49', $moduleFolder
    }
}

Describe 'Importing the module' {
    It 'loads no AWS SDK' {
        $loaded = Invoke-InNewShell -Command (
            "Import-Module -Name '$path'; @(Get-CisControl).Count; " +
            '[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like ''AWSSDK*'' }')
        $loaded.ErrorOutput | Should -BeNullOrEmpty
        $loaded.Output | Should -Be '49'
    }

    It 'works a second time, by force or not' {
        Import-Module -Name ([WildcardPattern]::Escape($path))
        Import-Module -Name ([WildcardPattern]::Escape($path)) -Force
        @(Get-Module -Name CisAws).Count | Should -Be 1
        @(Get-CisControl).Count | Should -Be 49
    }

    It 'works again after the module was removed' {
        Remove-Module -Name CisAws
        Get-Module -Name CisAws | Should -BeNullOrEmpty
        Import-CisModule
        @(Get-CisControl).Count | Should -Be 49
    }
}

# On Windows the folder of a user's modules follows no environment variable, and a test must not install into it.
Describe 'The commands of the README that install the package' -Skip:($onWindows -or -not $packed) {
    It 'work as printed: <Kind>' -ForEach @(
        @{ Kind = 'PSResource' }
        @{ Kind = 'PSRepository|Module' }
    ) {
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
        [void] [IO.Directory]::CreateDirectory($folder)
        $readme = [IO.File]::ReadAllText((Join-Path -Path $repository -ChildPath 'README.md'))
        $commands = @([regex]::Matches($readme, "(?m)^((Register|Install|Update|Uninstall)-($Kind)(Repository)? .*)$") | ForEach-Object { $_.Groups[1].Value })
        $commands.Count | Should -Be 4

        $installed = '@(Get-ChildItem -LiteralPath $HOME -Recurse -Force -Filter CisAws.psd1).Count'
        $script = Join-Path -Path $folder -ChildPath 'install.ps1'
        [IO.File]::WriteAllLines($script, [string[]] @(
                '$ErrorActionPreference = "Stop"'
                "Set-Location -LiteralPath '$repository'"
                $commands[0..1]
                $installed
                $commands[2..3]
                $installed
            ))
        $run = Invoke-InNewShell -File $script -Environment @{ HOME = $folder; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null }
        $run.ExitCode | Should -Be 0 -Because "$($run.ErrorOutput)"
        $run.Output | Should -Be '1', '0'
    }
}
