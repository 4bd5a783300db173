# What scripts rely on: names, parameters, types. Needs the module alone.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $manifest = Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1'
}

AfterAll {
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'The public surface' {
    It 'is what surface.txt says' {
        $listed = Get-Content -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'surface.txt')
        $lines = & (Join-Path -Path $PSScriptRoot -ChildPath 'Surface.ps1')
        # The differences make the message; the order is compared by itself.
        Compare-Object -ReferenceObject $listed -DifferenceObject $lines | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } |
            Should -BeNullOrEmpty
        $lines | Should -Be $listed
    }

    It 'is cmdlets, as many as the manifest names, and nothing else' {
        $module = Get-Module -Name CisAws
        $commands = @(Get-Command -Module CisAws)
        $commands.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $commands.Name | Sort-Object | Should -Be (Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has no name that PowerShell warns of' {
        Import-Module -Name ([WildcardPattern]::Escape($manifest)) -Force 3>&1 | Should -BeNullOrEmpty
        (Get-Command -Module CisAws).Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }

    It 'adds no variable, function or alias to the session' {
        $names = '(Get-ChildItem -Path Variable:, Function:, Alias:).Name'
        $session = [powershell]::Create()
        try {
            # Asked twice: what PowerShell loads by being asked is there the second time.
            [void] $session.AddScript($names).Invoke()
            $before = $session.Invoke()
            $session.Commands.Clear()
            [void] $session.AddCommand('Import-Module').AddArgument([WildcardPattern]::Escape($manifest)).Invoke()
            $session.HadErrors | Should -BeFalse
            $session.Commands.Clear()
            $session.AddScript($names).Invoke() | Where-Object { $_ -notin $before } | Should -BeNullOrEmpty
        }
        finally {
            $session.Dispose()
        }
    }
}
