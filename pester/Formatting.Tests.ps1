# What stands on the screen: tables, lists, and where there must be no colours.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $emulator = Start-CisEmulator
    $account = $emulator.Account
    $results = @(Invoke-CisAssessment @account)
    $escape = [char] 27

    # The lines that a window of some width shows, without the empty ones.
    function Get-Line([int] $Width) {
        ($input | Out-String -Width $Width) -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }
    }
}

AfterAll {
    Stop-CisEmulator $emulator
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'A window of <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 160 }) {
    It 'holds the results, one line a control, in a group for the account' {
        $lines = $results | Get-Line -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        foreach ($result in $results) {
            $lines -match "^$($result.ControlId) +$($result.Status) " | Should -HaveCount 1
        }

        $lines | Should -HaveCount (3 + 49)
        $lines[0].Trim() | Should -Be 'Account: 111122223333'
        $lines -match '^1\.2 +Fail +2/15 MFA is enabled for every IAM user' | Should -HaveCount 1
    }

    It 'shows the reasons where there is room' {
        ($results | Get-Line -Width $Width) -match ' Reason$' | Should -HaveCount $(if ($Width -lt 120) { 0 } else { 1 })
    }

    It 'holds the results with their whole reasons in the view Reason, and breaks no word' {
        $lines = $results | Where-Object ControlId -EQ '4.1' | Format-Table -View Reason | Get-Line -Width $Width
        $rows = $lines | Select-Object -Skip (1 + [array]::IndexOf($lines, ($lines -match '^------- ')[0]))
        $words = ($rows -join ' ') -split '\s+' | Select-Object -Skip 2
        $words -join ' ' | Should -BeExactly "$(($results | Where-Object ControlId -EQ '4.1').Reason)"
    }

    It 'holds accounts side by side in the view Account' {
        $lines = $results | Format-Table -View Account | Get-Line -Width $Width
        $lines[0] | Should -Match '^Account +Control +Status +Failed Title'
        $lines -match '^111122223333 4\.1 +Fail +3/\d+ No security group' | Should -HaveCount 1
    }

    It 'holds findings, one line each, in groups by control and account' {
        $lines = $results | Where-Object { $_.Section -eq 'Networking' } | Get-CisFinding -Status Fail | Get-Line -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        $lines -match '^ +Control: 4\.1, account 111122223333$' | Should -HaveCount 1
        $lines -match '^Status +Resource +Reason$' | Should -Not -BeNullOrEmpty
        $lines -match '^Fail +sg-0b6d907f35d4ccea7 ' | Should -HaveCount 1
    }

    It 'holds an id of a KMS key' {
        $lines = $results | Where-Object ControlId -EQ '2.8' | Get-CisFinding -Status Fail | Get-Line -Width $Width
        $lines -match '^Fail +[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ' | Should -HaveCount 2
    }

    It 'holds the controls and the programs' {
        $lines = & { Get-CisControl | Format-Table; Get-CisProgram -Type Default | Format-Table } | Get-Line -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        $lines -match '^Control Level Scored Assessed +Title$' | Should -HaveCount 4
        $lines -match '^1\.10 +1 +True +Automated +The IAM password policy' | Should -HaveCount 1
        $lines -match '^cis-aws-1\.2\.0 +Default +49 ' | Should -HaveCount 1
    }

    It 'holds a list of a result with all of its texts' {
        $lines = $results[0] | Format-List | Get-Line -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        $lines -match '^Remediation +: ' | Should -HaveCount 1
        $lines -match '^AssessedAt +: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$' | Should -HaveCount 1
    }
}

Describe 'A window of 40 columns' {
    It 'still shows every control and its status' {
        $lines = $results | Get-Line -Width 40
        $lines | Where-Object { $_.Length -gt 40 } | Should -BeNullOrEmpty
        foreach ($result in $results) {
            $lines -match "^$($result.ControlId) +$($result.Status)" | Should -HaveCount 1
        }
    }
}

Describe 'Format-Table' {
    It 'takes the columns it is told' {
        $lines = Get-CisControl -Section Networking | Format-Table -Property ControlId, Level, Service -AutoSize | Get-Line -Width 80
        $lines[0] | Should -Match '^ControlId Level Service$'
        $lines[2] | Should -Match '^4\.1 +1 +\{EC2, VPC\}$'
    }

    It 'groups by what it is told' {
        $results | Format-Table -Property ControlId, Title -GroupBy Status | Get-Line -Width 80 | Where-Object { $_ -match '^ +Status: Fail$' } |
            Should -Not -BeNullOrEmpty
    }
}

Describe 'Format-List' {
    It 'shows how to remediate a failure' {
        $lines = Get-CisControl -Id '4.1' | Format-List | Get-Line -Width 120
        $lines -match '^In the console +: 1\. ' | Should -HaveCount 1
        $lines -match '^With the AWS CLI +: # For a POSIX shell with jq' | Should -HaveCount 1
        $lines -match '^With AWS Tools +: ' | Should -HaveCount 1
    }

    It 'shows a finding with its facts and tags, one a line' {
        $lines = $results | Get-CisFinding -Status Fail | Where-Object { $_.ResourceId -eq 'sg-0b6d907f35d4ccea7' } | Select-Object -First 1 |
            Format-List | Get-Line -Width 120
        $lines -match '^Tags +: Environment=production$' | Should -HaveCount 1
        $lines -match '^ +Name=bastion$' | Should -HaveCount 1
        $lines -match '^Facts +: Rule=tcp 22 ' | Should -HaveCount 1
    }
}

Describe 'The summary' {
    It 'reads like a report' {
        $lines = $results | Measure-CisAssessment | Get-Line -Width 80
        $lines -match '^Controls +: 49$' | Should -HaveCount 1
        $lines -match '^Pass rate +: \d' | Should -HaveCount 1
        $lines -match '^Exit code +: 2$' | Should -HaveCount 1
    }
}

Describe 'Colours' {
    BeforeAll {
        $assess = "Import-Module -Name '$(Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1')'; " +
            "Invoke-CisAssessment -ControlId '1.9', '1.10' -EndpointUrl $($account.EndpointUrl) -AccessKey $($account.AccessKey) -SecretKey $($account.SecretKey)"
    }

    It 'are in no value and in no text that goes on' {
        ($results | ForEach-Object { "$($_.Status)" }) -match $escape | Should -BeNullOrEmpty
        $results | Out-String | Should -Not -Match $escape
    }

    It 'are in no file that output is redirected to' {
        $file = Join-Path -Path $TestDrive -ChildPath 'results.txt'
        $said = Invoke-InNewShell -Command "$assess > '$file'"
        $said.ErrorOutput | Should -BeNullOrEmpty
        $text = Get-Content -LiteralPath $file -Raw
        $text | Should -Match '1\.10 +Fail'
        $text | Should -Not -Match $escape
    }

    It 'are left out where NO_COLOR is set' {
        $said = Invoke-InNewShell -Command $assess -Environment @{ NO_COLOR = '1' }
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output -match '^1\.10 +Fail' | Should -HaveCount 1
        $said.Output -match $escape | Should -BeNullOrEmpty
    }
}
