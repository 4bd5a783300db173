# Compliance programs, kept in a folder of the test. No AWS is needed but for the last part.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $command = 'CisAws.PowerShell.Commands'

    # What an action fails with, whether it ends the statement or not.
    function Get-Failure([scriptblock] $Action) {
        try {
            $problems = @(& $Action 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        }
        catch {
            $problems = @($_)
        }

        $problems | Should -HaveCount 1 -Because 'one thing is wrong'
        $problems[0]
    }

    # What a person reads of an error: Windows PowerShell has the advice in the message, PowerShell 7 beneath it.
    function Get-ErrorText($ErrorRecord) {
        "$ErrorRecord $($ErrorRecord.ErrorDetails.RecommendedAction)"
    }
}

AfterAll {
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'Compliance programs' {
    BeforeEach {
        # A folder for each test, with a blank in its name.
        $in = @{ ProgramPath = Join-Path -Path $TestDrive -ChildPath "programs $([guid]::NewGuid())" }
    }

    Context 'New-CisProgram' {
        It 'makes a program that Get-CisProgram finds' {
            $new = New-CisProgram -Name norrvik -BasedOn cis-aws-1.2.0-level-1 -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -Owner 'J. Ek' @in
            $found = Get-CisProgram -Name norr* @in
            $found.Path | Should -Be $new.Path
            $found.Owner | Should -Be 'J. Ek'
            $found.Type | Should -Be Custom
            ($found.Controls | Where-Object { "$($_.ControlId)" -eq '1.3' }).Settings.Value | Should -Be 45
        }

        It 'writes JSON in UTF-8 without a mark, whatever the letters' {
            $name = -join [char[]] (0xE5, 0xE4, 0xF6)
            $new = New-CisProgram -Name letters -Owner $name @in
            $bytes = [System.IO.File]::ReadAllBytes($new.Path)
            [char] $bytes[0] | Should -Be '{'
            $text = [System.IO.File]::ReadAllText($new.Path, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false, $true))
            ($text | ConvertFrom-Json).owner | Should -Be $name
            $text | Should -Match '\n\z' -Because 'git wants a last line that ends'
        }

        It 'writes nothing with -WhatIf' {
            New-CisProgram -Name norrvik -WhatIf @in | Should -BeNullOrEmpty
            Test-Path -LiteralPath $in.ProgramPath | Should -BeFalse
        }

        It 'overwrites only by force' {
            $null = New-CisProgram -Name norrvik -Owner 'J. Ek' @in
            (Get-Failure { New-CisProgram -Name norrvik @in }).FullyQualifiedErrorId | Should -Be "ProgramExists,$command.NewCisProgramCommand"
            (Get-CisProgram -Name norrvik @in).Owner | Should -Be 'J. Ek'
            (New-CisProgram -Name norrvik -Owner 'A. Lind' -Force @in).Owner | Should -Be 'A. Lind'
        }

        It 'takes a folder whose name could be a wildcard' {
            $folder = Join-Path -Path $TestDrive -ChildPath 'programs [1]'
            try {
                $null = New-CisProgram -Name norrvik -ProgramPath $folder
                (Get-CisProgram -Type Custom -ProgramPath $folder).Name | Should -Be 'norrvik'
                Get-Item -LiteralPath (Join-Path -Path $folder -ChildPath 'norrvik.json') | Import-CisProgram -Name sorvik -PassThru @in | Should -HaveCount 1
            }
            finally {
                # Pester clears its drive by wildcards.
                Remove-Item -LiteralPath $folder -Recurse
            }
        }

        It 'refuses what is misspelt, and writes nothing' {
            $problem = Get-Failure { New-CisProgram -Name norrvik -Setting @{ '1.3' = @{ MaxUnusedDays = 45 } } @in }
            $problem.FullyQualifiedErrorId | Should -Be "InvalidProgram,$command.NewCisProgramCommand"
            Get-ErrorText $problem | Should -Match 'MaxUnusedDays'
            @(Get-CisProgram -Type Custom @in).Count | Should -Be 0
        }
    }

    Context 'Set-CisProgram' {
        BeforeEach {
            $null = New-CisProgram -Name norrvik @in
        }

        It 'changes what is named and leaves the rest' {
            Set-CisProgram -Name norrvik -Owner 'J. Ek' @in | Should -BeNullOrEmpty
            $changed = Set-CisProgram -Name norrvik -ExcludeControl @{ '1.11' = 'Passwords change when they leak.' } -PassThru @in
            $changed.Owner | Should -Be 'J. Ek'
            $changed.Controls.Count | Should -Be 48
        }

        It 'takes a setting out again with $null' {
            Set-CisProgram -Name norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = 60 } } @in
            (Get-CisProgram -Name norrvik @in).Settings | Should -HaveCount 1
            Set-CisProgram -Name norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = $null } } @in
            (Get-CisProgram -Name norrvik @in).Settings | Should -HaveCount 0
        }

        It 'changes nothing with -WhatIf' {
            Set-CisProgram -Name norrvik -Owner 'J. Ek' -WhatIf @in
            (Get-CisProgram -Name norrvik @in).Owner | Should -BeNullOrEmpty
        }

        It 'does not change a program that comes with the module' {
            $problem = Get-Failure { Set-CisProgram -Name cis-aws-1.2.0 -Owner 'J. Ek' @in }
            $problem.FullyQualifiedErrorId | Should -Be "DefaultProgram,$command.SetCisProgramCommand"
            Get-ErrorText $problem | Should -Match 'New-CisProgram'
        }

        It 'keeps the file as it was where the change is not in order' {
            $file = (Get-CisProgram -Name norrvik @in).Path
            $before = [System.IO.File]::ReadAllText($file)
            (Get-Failure { Set-CisProgram -Name norrvik -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 0 } } @in }).FullyQualifiedErrorId |
                Should -Be "InvalidProgram,$command.SetCisProgramCommand"
            [System.IO.File]::ReadAllText($file) | Should -BeExactly $before
        }
    }

    Context 'Exemptions' {
        BeforeEach {
            $null = New-CisProgram -Name norrvik @in
            $expires = [datetime]::Today.AddDays(90)
        }

        It 'are put into a program, and taken out' {
            New-CisExemption -ControlId '4.1' -Resource sg-1, sg-2 -Reason 'It goes.' -Owner 'J. Ek' -Expires $expires | Set-CisProgram -Name norrvik @in
            $exemptions = (Get-CisProgram -Name norrvik @in).Exemptions
            $exemptions.Resource | Should -Be 'sg-1', 'sg-2'
            # The last day is a day, wherever the clock stands.
            $exemptions[0].Expires.ToString('yyyy-MM-dd') | Should -Be $expires.ToString('yyyy-MM-dd')

            Set-CisProgram -Name norrvik -RemoveExemption $exemptions[0] @in
            (Get-CisProgram -Name norrvik @in).Exemptions.Resource | Should -Be 'sg-2'
        }

        It 'come from a list of theirs too' {
            "ControlId,Resource`n4.1,sg-1`n1.10,`n" | ConvertFrom-Csv |
                New-CisExemption -Reason 'It goes.' -Owner 'J. Ek' -Expires $expires | Set-CisProgram -Name norrvik @in
            (Get-CisProgram -Name norrvik @in).Exemptions.ControlId | Should -Be '4.1', '1.10'
        }

        It 'need a last day' {
            (Get-Failure { New-CisExemption -ControlId '4.1' -Resource sg-1 -Reason 'It goes.' -Owner 'J. Ek' | Set-CisProgram -Name norrvik @in }).FullyQualifiedErrorId |
                Should -Be "InvalidProgram,$command.SetCisProgramCommand"
        }

        It 'are stored with a warning where they have no effect' {
            New-CisExemption -ControlId '4.1' -Resource sg-1 -Reason 'It goes.' -Owner 'J. Ek' -Expires 2020-01-01 |
                Set-CisProgram -Name norrvik -WarningVariable warnings -WarningAction SilentlyContinue @in
            "$warnings" | Should -Match 'expired on 2020-01-01'
            (Get-CisProgram -Name norrvik @in).Exemptions | Should -HaveCount 1
        }

        It 'take the wildcards of PowerShell' {
            $of = (New-CisExemption -ControlId '3.1[0-4]' -Reason 'It goes.' -Owner 'J. Ek' -Expires $expires).ControlId
            (Get-CisControl -Id $of).Count | Should -Be 5
        }

        It 'never cover everything by mistake' {
            (Get-Failure { New-CisExemption -ControlId '*' -Reason 'All.' -Owner 'J. Ek' -Expires $expires }).FullyQualifiedErrorId |
                Should -Be "CoversEverything,$command.NewCisExemptionCommand"
        }
    }

    Context 'Attestations' {
        BeforeEach {
            $null = New-CisProgram -Name norrvik @in
            $said = @{ Status = 'Passed'; Explanation = 'Compared with the contract.'; UpdatedBy = 'A. Lind' }
        }

        It 'are put into a program, and taken out' {
            New-CisAttestation -ControlId '1.17' @said -Frequency annually | Set-CisProgram -Name norrvik @in
            (Get-CisProgram -Name norrvik @in).Attestations.ControlId | Should -Be '1.17'
            Set-CisProgram -Name norrvik -RemoveAttestation '1.17' @in
            (Get-CisProgram -Name norrvik @in).Attestations | Should -HaveCount 0
        }

        It 'are valid for a time' {
            (Get-Failure { New-CisAttestation -ControlId '1.17' @said }).FullyQualifiedErrorId | Should -Be "NoExpiry,$command.NewCisAttestationCommand"
        }

        It 'are read from a file of MITRE SAF, with a mark or without' {
            $file = Join-Path -Path $TestDrive -ChildPath 'attestations.json'
            $json = ConvertTo-Json -InputObject @(@{
                    control_id = '1.17'; status = 'failed'; explanation = 'Old.'; frequency = 'annually'
                    updated = [datetime]::UtcNow.ToString('yyyy-MM-dd'); updated_by = 'A. Lind'
                })
            foreach ($mark in $false, $true) {
                [System.IO.File]::WriteAllText($file, $json, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $mark))
                $read = Get-Item -LiteralPath $file | Import-CisAttestation
                $read.Status | Should -Be Failed
            }
        }
    }

    Context 'Copy-, Export- and Import-CisProgram' {
        BeforeEach {
            $null = New-CisProgram -Name norrvik -Owner 'J. Ek' @in
            $file = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid()).json"
        }

        It 'copy a program' {
            Copy-CisProgram -Name norrvik -NewName sorvik @in | Should -BeNullOrEmpty
            (Get-CisProgram -Name sorvik @in).Owner | Should -Be 'J. Ek'
            Compare-CisProgram -ReferenceProgram norrvik -DifferenceProgram sorvik @in | Should -BeNullOrEmpty
        }

        It 'take it to a file and back under another name' {
            Export-CisProgram -Name norrvik -Path $file @in
            $back = Get-Item -LiteralPath $file | Import-CisProgram -Name ostvik -PassThru @in
            $back.Owner | Should -Be 'J. Ek'
            @(Get-CisProgram -Type Custom @in).Name | Sort-Object | Should -Be 'norrvik', 'ostvik'
        }

        It 'read a file that Windows PowerShell gave a mark' {
            Export-CisProgram -Name norrvik -Path $file @in
            [System.IO.File]::WriteAllText($file, [System.IO.File]::ReadAllText($file), [System.Text.Encoding]::UTF8)
            (Import-CisProgram -Path $file -Name marked -PassThru @in).Owner | Should -Be 'J. Ek'
        }

        It 'do not overwrite, and do nothing with -WhatIf' {
            Export-CisProgram -Name norrvik -Path $file -WhatIf @in
            Test-Path -LiteralPath $file | Should -BeFalse
            Export-CisProgram -Name norrvik -Path $file @in
            (Get-Failure { Export-CisProgram -Name norrvik -Path $file @in }).FullyQualifiedErrorId | Should -Be "ProgramExists,$command.ExportCisProgramCommand"
            (Get-Failure { Import-CisProgram -Path $file @in }).FullyQualifiedErrorId | Should -Be "ProgramExists,$command.ImportCisProgramCommand"
            (Get-Failure { Copy-CisProgram -Name norrvik -NewName norrvik @in }).FullyQualifiedErrorId | Should -Be "ProgramExists,$command.CopyCisProgramCommand"
        }
    }

    Context 'Remove-CisProgram' {
        BeforeEach {
            'test-1', 'test-2', 'norrvik' | ForEach-Object { $null = New-CisProgram -Name $_ @in }
        }

        It 'removes programs by wildcard' {
            Remove-CisProgram -Name 'test-*' @in
            (Get-CisProgram -Type Custom @in).Name | Should -Be 'norrvik'
        }

        It 'removes nothing with -WhatIf' {
            Get-CisProgram -Type Custom @in | Remove-CisProgram -WhatIf @in
            @(Get-CisProgram -Type Custom @in).Count | Should -Be 3
        }

        It 'never takes a name for a file of the current folder' {
            (Get-Failure { New-CisProgram -Name x.json @in }).FullyQualifiedErrorId | Should -Be "InvalidName,$command.NewCisProgramCommand"
            $here = Join-Path -Path $TestDrive -ChildPath "here $([guid]::NewGuid())"
            $null = New-Item -ItemType Directory -Path $here
            Set-Content -LiteralPath (Join-Path -Path $here -ChildPath 'test-1.json') -Value '{"schemaVersion": 1}'
            Push-Location -LiteralPath $here
            try {
                Remove-CisProgram -Name 'test-*' @in
                Test-Path -Path ./test-1.json | Should -BeTrue
            }
            finally {
                Pop-Location
            }
        }

        It 'removes only programs' {
            $notes = Join-Path -Path $TestDrive -ChildPath 'notes.txt'
            Set-Content -LiteralPath $notes -Value 'hello'
            (Get-Failure { Remove-CisProgram -Name $notes -Confirm:$false @in }).FullyQualifiedErrorId | Should -Be "NotAProgram,$command.RemoveCisProgramCommand"
            Get-Content -LiteralPath $notes | Should -Be 'hello'
        }

        It 'removes a file outside of the store with -Confirm:$false' {
            $file = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid()).json"
            Export-CisProgram -Name norrvik -Path $file @in
            Remove-CisProgram -Name $file -WhatIf @in
            Test-Path -LiteralPath $file | Should -BeTrue
            Remove-CisProgram -Name $file -Confirm:$false @in
            Test-Path -LiteralPath $file | Should -BeFalse
        }

        It 'leaves the programs that come with the module' {
            (Get-Failure { Remove-CisProgram -Name cis-aws-1.2.0 @in }).FullyQualifiedErrorId | Should -Be "DefaultProgram,$command.RemoveCisProgramCommand"
        }
    }

    Context 'Test-CisProgram and Get-CisProgramProblem' {
        BeforeEach {
            $file = (New-CisProgram -Name norrvik -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } @in).Path
        }

        It 'have nothing to say of a program that is in order' {
            Test-CisProgram -Name norrvik @in | Should -BeTrue
            Get-CisProgramProblem -Name norrvik @in | Should -BeNullOrEmpty
        }

        It 'tell the line of what is misspelt by hand, and what would be right' {
            $lines = Get-Content -LiteralPath $file
            $lines -replace 'MaxUnusedCredentialDays', 'MaxUnusedDays' | Set-Content -LiteralPath $file
            Test-CisProgram -Name $file | Should -BeFalse
            $problem = Get-CisProgramProblem -Name norrvik @in
            $problem.Severity | Should -Be Error
            $lines[$problem.Line - 1] | Should -Match 'MaxUnusedCredentialDays'
            $problem.Path | Should -Be "`$.settings['1.3'].MaxUnusedDays"
            "$($problem.Message) $($problem.Fix)" | Should -Match 'MaxUnusedCredentialDays'
        }

        It 'tell what is no JSON' {
            Set-Content -LiteralPath $file -Value '{ "name": "norrvik", '
            Test-CisProgram -Name norrvik @in | Should -BeFalse
            @(Get-CisProgramProblem -Name norrvik @in).Count | Should -BeGreaterThan 0
        }

        It 'take wildcards' {
            Test-CisProgram -Name 'norr*' @in | Should -BeTrue
            Set-Content -LiteralPath (Join-Path -Path $in.ProgramPath -ChildPath 'broken.json') -Value '{}'
            Test-CisProgram -Name '*' @in | Should -BeFalse
            Test-CisProgram -Name 'none*' @in | Should -BeFalse
        }

        It 'say false, and no error, of a program that is not there' {
            Test-CisProgram -Name nope @in -ErrorAction Stop | Should -BeFalse
        }
    }

    Context 'Get-CisProgram' {
        It 'says what to do about a name that is not there' {
            $problem = Get-Failure { Get-CisProgram -Name nope @in }
            $problem.FullyQualifiedErrorId | Should -Be "ProgramNotFound,$command.GetCisProgramCommand"
            Get-ErrorText $problem | Should -Match 'Get-CisProgram'
        }

        It 'takes a path as the shell has it' {
            $null = New-CisProgram -Name norrvik @in
            Push-Location -LiteralPath $in.ProgramPath
            try {
                (Get-CisProgram -Name ./norrvik.json).Name | Should -Be 'norrvik'
            }
            finally {
                Pop-Location
            }
        }
    }

    Context 'Compare-CisProgram' {
        It 'tells what differs' {
            $null = New-CisProgram -Name norrvik -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -ExcludeControl @{ '1.11' = 'Passwords change when they leak.' } @in
            $differences = Compare-CisProgram -ReferenceProgram cis-aws-1.2.0 -DifferenceProgram norrvik @in
            $differences.ControlId | Sort-Object | ForEach-Object { "$_" } | Should -Be '1.3', '1.11'
            ($differences | Where-Object ControlId -EQ '1.3').Difference | Should -Be '45'
        }
    }

    Context 'An assessment by a program' {
        BeforeAll {
            $emulator = Start-CisEmulator
            $account = $emulator.Account
        }

        AfterAll {
            Stop-CisEmulator $emulator
        }

        It 'goes by its controls, settings, exemptions and attestations' {
            $null = New-CisProgram -Name norrvik -ControlId '1.9', '1.11', '1.17', '4.1' -Setting @{ '1.9' = @{ MinPasswordLength = 20 } } @in `
                -ExcludeControl @{ '1.11' = 'Passwords change when they leak.' }
            & {
                New-CisExemption -ControlId '4.1' -Resource sg-0b6d907f35d4ccea7 -Reason 'It goes.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(90))
                New-CisAttestation -ControlId '1.17' -Status Passed -Explanation 'Compared.' -UpdatedBy 'A. Lind' -Frequency annually
            } | Set-CisProgram -Name norrvik @in

            $results = Invoke-CisAssessment -Program norrvik @in @account
            $results | ForEach-Object { "$($_.ControlId) $($_.Status)" } | Should -Be '1.9 Fail', '1.17 Pass', '4.1 Fail'
            $results[0].Reason | Should -Match '\b20\b'
            $results[1].Attested | Should -BeTrue
            ($results | Get-CisFinding -Status Exempt).ResourceId | Should -Be 'sg-0b6d907f35d4ccea7'
        }

        It 'takes the file''s path, and programs from the pipeline' {
            $program = New-CisProgram -Name norrvik -ControlId '1.9' @in
            "$((Invoke-CisAssessment -Program $program.Path @account).ControlId)" | Should -Be '1.9'
            ($program | Invoke-CisAssessment @account).Program | Should -Be 'norrvik'
        }

        It 'does not begin with a program that is not in order' {
            $file = (New-CisProgram -Name norrvik @in).Path
            Set-Content -LiteralPath $file -Value '{}'
            (Get-Failure { Invoke-CisAssessment -Program norrvik @in @account }).FullyQualifiedErrorId | Should -Be "InvalidProgram,$command.InvokeCisAssessmentCommand"
        }
    }
}
