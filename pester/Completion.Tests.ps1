# What Tab offers. Needs the module alone: completion asks nobody.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule

    # What Tab offers at the end of a line.
    function Get-Completion([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
    }

    $programs = Join-Path -Path $TestDrive -ChildPath 'programs'
    $null = New-CisProgram -Name 'norrvik' -ProgramPath $programs
    $null = New-CisProgram -Name 'my own' -ProgramPath $programs
    $environment = $env:CISAWS_PROGRAM_PATH
    $env:CISAWS_PROGRAM_PATH = $programs
}

AfterAll {
    $env:CISAWS_PROGRAM_PATH = $environment
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'Control ids' {
    It 'are offered in the order of the benchmark, with their titles' {
        $offered = Get-Completion 'Invoke-CisAssessment -ControlId '
        $controls = @(Get-CisControl)
        $offered.ListItemText | Should -Be @($controls | ForEach-Object { "$($_.ControlId)" })
        $offered.ToolTip | Should -Be $controls.Title
    }

    It 'are quoted, for PowerShell takes 1.10 for a number' {
        (Get-Completion 'Get-CisControl 4').CompletionText | Should -Be "'4.1'", "'4.2'", "'4.3'", "'4.4'"
        (Get-Completion "Get-CisControl '3.9").CompletionText | Should -Be "'3.9'"
    }

    It 'are offered for a second one in a list' {
        (Get-Completion "Invoke-CisAssessment -ControlId '1.1', 4.").CompletionText | Should -Be "'4.1'", "'4.2'", "'4.3'", "'4.4'"
    }

    It 'are those of the section and the level on the line' {
        (Get-Completion 'Get-CisControl -Section Networking -Level 1 -Id ').ListItemText | Should -Be '4.1', '4.2'
    }

    It 'are those that prescribe a metric filter where a filter is asked for' {
        (Get-Completion 'Test-CisMetricFilter -ControlId ').Count | Should -Be 14
    }

    It 'are those that a person may have to judge where one is attested' {
        $offered = (Get-Completion 'New-CisAttestation -ControlId ').ListItemText
        $offered | Should -Contain '1.17'
        $offered | Should -Not -Contain '1.1'
    }
}

Describe 'Programs' {
    It 'are offered as they are found, your own with their files' {
        $offered = Get-Completion 'Invoke-CisAssessment -Program '
        $offered.ListItemText | Sort-Object | Should -Be (@(Get-CisProgram -Type Default | ForEach-Object Name) + 'my own', 'norrvik')
        ($offered | Where-Object { $_.ListItemText -eq 'norrvik' }).ToolTip | Should -Be (Get-CisProgram -Name norrvik).Path
    }

    It 'are quoted where the name has a space' {
        (Get-Completion 'Get-CisProgram -Name my').CompletionText | Should -Be "'my own'"
        (Get-Completion "Get-CisProgram -Name 'my").CompletionText | Should -Be "'my own'"
        (Get-Completion 'Get-CisProgram -Name nor').CompletionText | Should -Be 'norrvik'
    }

    It 'are those of the folder on the line' {
        $other = Join-Path -Path $TestDrive -ChildPath 'other'
        $null = New-CisProgram -Name 'elsewhere' -ProgramPath $other
        $offered = (Get-Completion "Get-CisProgram -ProgramPath '$other' -Name ").ListItemText
        $offered | Should -Contain 'elsewhere'
        $offered | Should -Not -Contain 'norrvik'
    }
}

Describe 'Profiles' {
    BeforeAll {
        $credentials = Join-Path -Path $TestDrive -ChildPath 'credentials'
        Set-Content -LiteralPath $credentials -Encoding Ascii -Value @(
            '[audit]', 'role_arn = arn:aws:iam::111122223333:role/Auditor', 'source_profile = the source'
            '[the source]', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = wJalrXUtnFEMI'
        )
    }

    It 'are those of the file on the line, quoted where a name has a space' {
        $offered = Get-Completion "Invoke-CisAssessment -ProfileLocation '$credentials' -ProfileName "
        $offered.CompletionText | Should -Be 'audit', "'the source'"
    }

    It 'tell how they come by credentials, and no secret' {
        $offered = Get-Completion "Invoke-CisAssessment -ProfileLocation '$credentials' -ProfileName "
        $offered.ToolTip | Should -Be 'assumes arn:aws:iam::111122223333:role/Auditor from profile the source', 'has access keys'
    }
}

Describe 'Other values' {
    It 'are offered for <Line>' -ForEach @(
        @{ Line = 'Get-CisFinding -Status '; Offered = 'Exempt', 'Fail', 'Manual', 'NotApplicable', 'Pass', 'Unknown' }
        @{ Line = 'Get-CisControl -Section '; Offered = 'IAM', 'Logging', 'Monitoring', 'Networking' }
        @{ Line = 'Get-CisControl -Service cloudw'; Offered = 'CloudWatch', 'CloudWatchLogs' }
        @{ Line = 'Get-CisControl -Assessment '; Offered = 'Automated', 'Manual' }
        @{ Line = 'Invoke-CisAssessment -Region eu-c'; Offered = 'eu-central-1', 'eu-central-2' }
        @{ Line = 'Invoke-CisAssessment -Region us-east-1, eu-n'; Offered = 'eu-north-1' }
        @{ Line = 'Get-CisProgram -Type '; Offered = 'Custom', 'Default' }
        @{ Line = 'New-CisAttestation -Frequency every'; Offered = 'every2weeks', 'every3days' }
    ) {
        (Get-Completion $Line).CompletionText | Sort-Object | Should -Be $Offered
    }

    It 'are told about: <Line>' -ForEach @(
        @{ Line = 'Invoke-CisAssessment -Region eu-north-1'; ToolTip = 'Europe (Stockholm)' }
        @{ Line = 'Get-CisControl -Section Net'; ToolTip = '4 controls, 4.1 to 4.4' }
    ) {
        (Get-Completion $Line).ToolTip | Should -Be $ToolTip
    }

    It 'may be named by a wildcard' {
        (Get-Completion 'Invoke-CisAssessment -Region *west-1').CompletionText | Should -Contain 'eu-west-1'
    }

    It 'have no error where nothing fits' {
        $Error.Clear()
        Get-Completion 'Invoke-CisAssessment -Region atlantis-' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'Names' {
    It 'of cmdlets and of parameters are completed' {
        (Get-Completion 'Invoke-CisA').CompletionText | Should -Be 'Invoke-CisAssessment'
        (Get-Completion 'Invoke-CisAssessment -Prof').CompletionText | Sort-Object | Should -Be '-ProfileLocation', '-ProfileName'
    }
}

Describe 'Completion' {
    It 'loads no AWS SDK' {
        $manifest = Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1'
        $told = Invoke-InNewShell -Command (
            "Import-Module -Name '$manifest'; " +
            'foreach ($line in ''Invoke-CisAssessment -Region eu-north-'', ''Invoke-CisAssessment -ControlId 4.4'', ''Invoke-CisAssessment -Program my'') { ' +
            '    (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText }; ' +
            '[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like ''AWSSDK*'' }')
        $told.ErrorOutput | Should -BeNullOrEmpty
        $told.Output | Should -Be 'eu-north-1', "'4.4'", "'my own'"
    }
}
