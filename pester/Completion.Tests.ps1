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

    It 'are those of the program on the line' {
        $null = New-CisProgram -Name 'small' -ControlId '2.1', '2.2' -ProgramPath $programs
        (Get-Completion 'Invoke-CisAssessment -Program small -ControlId ').ListItemText | Should -Be '2.1', '2.2'
        (Get-Completion 'New-CisProgram x -BasedOn small -ControlId ').ListItemText | Should -Be '2.1', '2.2'
        (Get-Completion 'New-CisProgram x -BasedOn small -AddControl 4.').ListItemText | Should -Be '4.1', '4.2', '4.3', '4.4'
        Remove-CisProgram -Name 'small' -ProgramPath $programs -Confirm:$false
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

Describe 'Words' {
    It 'find a value by its description: <Line>' -ForEach @(
        @{ Line = 'Get-CisControl password'; Offered = '1.2', '1.5', '1.6', '1.7', '1.8', '1.9', '1.10', '1.11' }
        @{ Line = "Invoke-CisAssessment -ControlId 'root acc"; Offered = @('1.12') }
        @{ Line = 'Invoke-CisAssessment -Region stockh'; Offered = @('eu-north-1') }
        @{ Line = 'Get-CisControl -Level '; Offered = '1', '2' }
    ) {
        (Get-Completion $Line).ListItemText | Should -Be $Offered
    }
}

Describe 'Settings' {
    It 'are whole hashtables that the cmdlet takes: <Word>' -ForEach @(
        @{ Word = '1.3'; Offered = @('1.3 MaxUnusedCredentialDays = 90') }
        @{ Word = 'max'; Offered = '1.3 MaxUnusedCredentialDays = 90', '1.4 MaxAccessKeyAgeDays = 90', '1.11 MaxPasswordAgeDays = 90', '2.4 MaxDeliveryAgeHours = 24' }
        @{ Word = '1.21'; Offered = '1.21 SetupToleranceSeconds = 60', "1.21 Audit = 'Console'", "1.21 Audit = 'Cli'" }
    ) {
        $found = Get-Completion "Set-CisProgram norrvik -Setting $Word"
        $found.ListItemText | Should -Be $Offered
        foreach ($text in $found.CompletionText) {
            Set-CisProgram -Name norrvik -Setting (& ([scriptblock]::Create($text))) -ProgramPath $programs -ErrorAction Stop
        }
    }

    It 'are described in the tooltip' {
        (Get-Completion 'New-CisProgram x -Setting 1.3').ToolTip | Should -Match 'days'
    }
}

Describe 'Each parameter' {
    It 'completes from a list, to paths, or to nothing' {
        $list = 'AddControl', 'Assessment', 'BasedOn', 'By', 'ControlId', 'DifferenceProgram', 'ExcludeControl', 'Expires', 'Format', 'Frequency', 'Id', 'Level', 'Name',
            'ProfileName', 'Program', 'ReferenceProgram', 'Region', 'RemoveAttestation', 'Section', 'Service', 'Setting', 'Severity', 'Status', 'Type'
        $path = 'CertificatePath', 'Difference', 'EvidencePath', 'LiteralPath', 'Path', 'ProfileLocation', 'ProgramPath', 'Reference'
        $isNewName = 'New-CisProgram -Name', 'Import-CisProgram -Name', 'Get-CisAccount -Name'
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

        $folder = Join-Path -Path $TestDrive -ChildPath 'some files'
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content -LiteralPath (Join-Path -Path $folder -ChildPath 'a-file') -Value ''
        $credentials = Join-Path -Path $TestDrive -ChildPath 'one profile'
        Set-Content -LiteralPath $credentials -Encoding Ascii -Value '[audit]', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = x'
        Push-Location -LiteralPath $folder
        try {
            $wrong = foreach ($command in Get-Command -Module CisAws) {
                foreach ($parameter in $command.Parameters.Values | Where-Object { -not $_.SwitchParameter -and $_.Name -notin $common }) {
                    $line = "$($command.Name) -$($parameter.Name)"
                    $before = if ($parameter.Name -eq 'ProfileName') { " -ProfileLocation '$credentials'" }
                    $offered = @(Get-Completion "$($command.Name)$before -$($parameter.Name) ")
                    $types = @($offered | ForEach-Object { "$($_.ResultType)" } | Sort-Object -Unique) -join ' '
                    $expected = if ($parameter.Name -in $list -and $line -notin $isNewName) { 'ParameterValue' } elseif ($parameter.Name -in $path -or ($line -like '* -Evidence' -and $line -ne 'New-CisAttestation -Evidence')) { 'ProviderItem' } else { '' }
                    if ($types -ne $expected) {
                        "${line}: expected '$expected', found '$types' $(($offered | Select-Object -First 3).CompletionText)"
                    }
                }
            }

            $wrong | Should -BeNullOrEmpty
            (Get-Completion 'Invoke-CisAssessment -Program ./a-').ListItemText | Should -Be 'a-file'
        }
        finally {
            Pop-Location
        }
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
