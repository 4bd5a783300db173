# What Get-Help shows in this shell. Needs the module alone.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    $cmdlets = (Import-PowerShellDataFile -LiteralPath (Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1')).CmdletsToExport
    $topics = Get-ChildItem -LiteralPath (Join-Path -Path $moduleFolder -ChildPath 'en-US') -Filter 'about_*.help.txt' |
        ForEach-Object { $_.Name -replace '\.help\.txt$' }
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule

    # Texts are lists of paragraphs.
    function Get-Text($Paragraph) {
        ($Paragraph | ForEach-Object { $_.Text }) -join ' '
    }
}

AfterAll {
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'Get-Help <_>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command -Name $_
        $help = Get-Help -Name $_ -Full
    }

    It 'says what the cmdlet does' {
        # Without help PowerShell shows the syntax for a synopsis.
        $help.Synopsis | Should -Match '^[A-Z][^\r\n]*\.$'
        Get-Text $help.Description | Should -Match '(?s)^[A-Z].*\.$'
    }

    It 'says what each parameter is for' {
        foreach ($name in $command.Parameters.Keys) {
            if (-not [System.Management.Automation.PSCmdlet]::CommonParameters.Contains($name)) {
                $parameter = $help.parameters.parameter | Where-Object { $_.name -eq $name }
                Get-Text $parameter.description | Should -Match '(?s)^[A-Z].*\.$' -Because "-$name is described"
            }
        }
    }

    It 'knows no parameter that there is not' {
        $help.parameters.parameter.name | Where-Object { -not $command.Parameters.ContainsKey($_) } | Should -BeNullOrEmpty
    }

    It 'has three examples or more that use it, each with a title and a text' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $example.title | Should -Match 'Example \d+: [A-Z]'
            $example.code | Should -Match ([regex]::Escape($command.Name))
        }
    }

    It 'says what goes in and what comes out' {
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'leads to its page on line' {
        $command.HelpUri | Should -BeLike "https://*/docs/cmdlets/$($command.Name).md"
        # Windows PowerShell opens the first link.
        @($help.relatedLinks.navigationLink)[0].uri | Should -Be $command.HelpUri
    }

    It 'shows all of it as a page' {
        $page = $help | Out-String -Width 80
        foreach ($part in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'RELATED LINKS') {
            $page | Should -MatchExactly "(?m)^$part\s*$"
        }
    }
}

Describe 'Get-Help' {
    It 'shows the examples of Invoke-CisAssessment as they are typed' {
        $page = Get-Help -Name Invoke-CisAssessment -Examples | Out-String -Width 200
        $page | Should -Match 'Invoke-CisAssessment \| Where-Object Status -eq Fail'
        $page | Should -Match 'exit \(\$results \| Measure-CisAssessment\)\.ExitCode'
    }

    It 'shows one parameter' {
        Get-Help -Name Invoke-CisAssessment -Parameter ThrottleLimit | Out-String | Should -Match '1 to 256'
    }
}

Describe 'The topic <_>' -ForEach $topics {
    It 'is found by its name' {
        # The text alone, in every edition: a topic that is not found is an error or a list of others.
        $page = Get-Help -Name $_ -ErrorAction Stop | Out-String -Width 200
        $page | Should -Match "^\s*TOPIC\s+$_\s+SHORT DESCRIPTION\s+[A-Z]"
        $page | Should -Match 'SEE ALSO'
    }

    It 'fits a window of 80 columns' {
        Get-Content -LiteralPath (Join-Path -Path $moduleFolder -ChildPath "en-US/$_.help.txt") | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
    }
}
