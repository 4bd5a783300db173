# What becomes of the objects: files, groups, other formats, and the way back.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $emulator = Start-CisEmulator
    $account = $emulator.Account
    $results = @(Invoke-CisAssessment @account)
    $findings = @($results | Get-CisFinding)

    # What ToString says of an object where nobody wrote one.
    # A filter pattern such as { $.eventName = X } is text, and no hashtable.
    $typeName = '^(System|CisAws|Deserialized)\.|\[\]$|^@\{.*\}$|^\{(?! \(?\$\.).*\}$'
}

AfterAll {
    Stop-CisEmulator $emulator
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'Export-Csv' {
    It 'writes rows with the same columns and cells that can be read, of <Name>' -ForEach @(
        @{ Name = 'results'; Objects = { $results } }
        @{ Name = 'findings'; Objects = { $findings } }
        @{ Name = 'a summary'; Objects = { $results | Measure-CisAssessment } }
        @{ Name = 'controls'; Objects = { Get-CisControl } }
        @{ Name = 'settings'; Objects = { (Get-CisControl).Settings } }
        @{ Name = 'programs'; Objects = { Get-CisProgram -Type Default } }
        @{ Name = 'a comparison'; Objects = { Compare-CisProgram -ReferenceProgram cis-aws-1.2.0 -DifferenceProgram cis-aws-1.2.0-level-1 } }
    ) {
        $objects = @(& $Objects)
        $file = Join-Path -Path $TestDrive -ChildPath 'objects.csv'
        $objects | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding UTF8
        $rows = @(Import-Csv -LiteralPath $file -Encoding UTF8)

        $rows.Count | Should -Be $objects.Count
        $columns = @($rows[0].PSObject.Properties.Name)
        foreach ($item in $objects) {
            # A property that the first object has not would get no column.
            $item.PSObject.Properties.Name | Should -Be $columns
        }

        $cells = $rows | ForEach-Object { $_.PSObject.Properties.Value }
        $cells | Where-Object { $_ -match $typeName } | Should -BeNullOrEmpty
        $cells | Where-Object { $_.Length -gt 32767 } | Should -BeNullOrEmpty
    }

    It 'writes findings that stand alone: with the control, its title, how to remediate it, and the run' {
        $rows = $findings | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        foreach ($name in 'ControlId', 'Title', 'Section', 'Level', 'Status', 'Reason', 'Remediation', 'Program', 'Benchmark', 'RunId', 'AssessedAt', 'AccountId', 'ResourceId') {
            $rows.$name | Should -Not -Contain '' -Because "each row has $name"
        }
    }

    It 'names the resources that fail, and counts the findings' {
        $row = $results | Where-Object { "$($_.ControlId)" -eq '4.1' } | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row.Status | Should -Be 'Fail'
        $row.FailedResource | Should -Match '^(sg-\w+; )+sg-\w+$'
        $row.Findings | Should -Match '^\d+ Pass, \d+ Fail\b'
    }

    It 'keeps what Measure-CisAssessment counts' {
        $read = $results | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv | Measure-CisAssessment
        $live = $results | Measure-CisAssessment
        foreach ($name in 'Total', 'Pass', 'Fail', 'Unknown', 'Manual', 'NotApplicable', 'ScoredPass', 'ScoredCounted', 'PassRate', 'AccountCount', 'ExitCode') {
            $read.$name | Should -Be $live.$name -Because "$name is the same"
        }
    }
}

Describe 'Where-Object and Group-Object' {
    It 'filter by status' {
        $fails = @($results | Where-Object Status -EQ Fail)
        $fails.Count | Should -Be ($results | Measure-CisAssessment).Fail
        $fails.Count | Should -BeGreaterThan 0
    }

    It 'group by account and status' {
        $groups = @($results | Group-Object -Property AccountId, Status)
        ($groups | Measure-Object -Property Count -Sum).Sum | Should -Be 49
        $groups.Name | Should -Contain '111122223333, Fail'
    }

    It 'group by control' {
        $groups = @($results + $results | Group-Object -Property ControlId)
        $groups.Count | Should -Be 49
        ($groups | Where-Object Name -EQ '1.10').Group.Title | Sort-Object -Unique | Should -Be (Get-CisControl -Id '1.10').Title
    }
}

Describe 'Sort-Object' {
    It 'puts 1.9 before 1.10' {
        $sorted = $results | Sort-Object -Property ControlId -Descending | Sort-Object -Property ControlId
        $sorted.ControlId | ForEach-Object { "$_" } | Should -Be @(Get-CisControl | ForEach-Object { "$($_.ControlId)" })
    }

    It 'puts statuses in the order in which they are explained' {
        ($results | Sort-Object -Property Status).Status | Select-Object -Unique | Should -Be 'Pass', 'Fail', 'Unknown', 'Manual'
    }
}

Describe 'Select-Object' {
    It 'takes the columns it is told' {
        $row = $results | Select-Object -Property ControlId, Status, @{ Name = 'First'; Expression = { $_.FailedResource[0] } } -First 1
        $row.PSObject.Properties.Name | Should -Be 'ControlId', 'Status', 'First'
        "$($row.ControlId)" | Should -Be '1.1'
    }

    It 'lays out findings and facts' {
        $facts = $findings | Where-Object Status -EQ Fail | Select-Object -Property ResourceId -ExpandProperty Facts
        $facts | ForEach-Object { $_.Name } | Should -Not -BeNullOrEmpty
    }
}

Describe 'ConvertTo-Json' {
    It 'writes all that a result says itself, as it comes' {
        $read = $results | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        $read.Count | Should -Be 49
        foreach ($name in 'Title', 'Section', 'Level', 'Scored', 'Status', 'Reason', 'ReasonCode', 'Incomplete', 'AccountId', 'FailCount', 'Remediation', 'Program') {
            $read.$name | Should -Be $results.$name -Because "$name is the same"
        }

        $read[0].RunId | Should -Be "$($results[0].RunId)"
        ($read | ForEach-Object { $_.FailedResource }) | Should -Be @($results | ForEach-Object { $_.FailedResource })
    }

    It 'writes findings that are cut off as sentences' {
        $read = $results | Where-Object { "$($_.ControlId)" -eq '4.1' } | ConvertTo-Json -Depth 1 -WarningAction SilentlyContinue | ConvertFrom-Json
        $read.Reason | Should -Not -BeNullOrEmpty
        @($read.Findings) -match $typeName | Should -BeNullOrEmpty
    }

    It 'writes everything with depth 5, without a warning' {
        # Some of the results: Windows PowerShell reads no more than two megabytes.
        $some = $results | Where-Object Section -EQ Networking
        $json = $some | ConvertTo-Json -Depth 5 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $back = @(($json | ConvertFrom-Json) | ForEach-Object { $_ } | Get-CisFinding)
        $live = @($some | Get-CisFinding)
        $back.ResourceId | Should -Be $live.ResourceId
        $back[0].Facts.Count | Should -Be $live[0].Facts.Count
    }

    It 'writes ids, statuses and severities as text' {
        $one = $results | Where-Object ControlId -EQ '1.5' | ConvertTo-Json -Depth 1 -WarningAction SilentlyContinue
        $one | Should -Match '"ControlId":\s*"1\.5"'
        $one | Should -Match '"Status":\s*"Pass"'
        $chosen = $results | Select-Object -Property ControlId, Status | ConvertTo-Json | ConvertFrom-Json
        ($chosen | ForEach-Object { $_ }).ControlId | Should -Be @($results | ForEach-Object { "$($_.ControlId)" })
        @($chosen | ForEach-Object { $_ } | Where-Object Status -EQ Fail).Count | Should -Be ($results | Measure-CisAssessment).Fail
        New-CisExemption -ControlId '3.*' -Reason r -Owner o -Force -WarningAction SilentlyContinue | ConvertTo-Json | Should -Match '"ControlId":\s*"3\.\*"'
    }

    It 'writes times in UTC' {
        ($findings[0] | ConvertTo-Json -Depth 1 -WarningAction SilentlyContinue | ConvertFrom-Json).AssessedAt | ForEach-Object { ([datetime] $_).ToUniversalTime() } | Should -Be $results[0].AssessedAt
    }
}

Describe 'Ids in a pipeline' {
    It '<Script> gives <Expected>' -ForEach @(
        @{ Script = '($r | Where-Object ControlId -GT "3.9").Count'; Expected = '9' }
        @{ Script = '($r | Where-Object ControlId -LE "1.10").Count'; Expected = '10' }
        @{ Script = '($r | Where-Object ControlId -EQ 1.1).Count'; Expected = '0' }
        @{ Script = '($r | Where-Object ControlId -In "1.1", "1.10").Count'; Expected = '2' }
        @{ Script = '($r | Where-Object ControlId -Like "4.*").Count'; Expected = '4' }
        @{ Script = '($r | Group-Object ControlId -AsHashTable)["1.10"].Title'; Expected = 'The IAM password policy prevents password reuse' }
        @{ Script = '($r | Sort-Object ControlId -Descending | Select-Object -First 3).ControlId -join " "'; Expected = '4.4 4.3 4.2' }
        @{ Script = '($r | Sort-Object { $_.Section.Length } | Sort-Object ControlId | Select-Object -First 10).ControlId -join " "'; Expected = '1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 1.10' }
        @{ Script = '$r[9].ControlId + " x"'; Expected = '1.10 x' }
        @{ Script = '"$($r[9].ControlId)"'; Expected = '1.10' }
        @{ Script = '$r[9].ControlId -replace "\.", "-"'; Expected = '1-10' }
        @{ Script = '[CisAws.Benchmarks.ControlId] "1.10" -gt "1.9"'; Expected = 'True' }
        @{ Script = 'try { [CisAws.Benchmarks.ControlId] 1.1 } catch { "refused" }'; Expected = 'refused' }
        @{ Script = 'switch ($r[9].ControlId) { "1.1" { "one" } "1.10" { "ten" } }'; Expected = 'ten' }
        @{ Script = '($r[0..2] | ForEach-Object ControlId | Out-String).Trim() -split "\s+" -join " "'; Expected = '1.1 1.2 1.3' }
        @{ Script = '($r | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv | Sort-Object SortKey).ControlId -join " " -eq ($r.ControlId -join " ")'; Expected = 'True' }
    ) {
        $r = $results
        "$(& ([scriptblock]::Create('param($r) ' + $Script)) $r)" | Should -Be $Expected
    }
}

Describe 'Export-Clixml' {
    BeforeAll {
        $file = Join-Path -Path $TestDrive -ChildPath 'results.xml'
        $results | Export-Clixml -LiteralPath $file
        $read = Import-Clixml -LiteralPath $file
    }

    It 'keeps the findings, with their facts' {
        $back = @($read | Get-CisFinding)
        $back.Count | Should -Be $findings.Count
        $back[0].Facts[0].Name | Should -Be $findings[0].Facts[0].Name
        $back[0].Facts[0].Value | Should -Be $findings[0].Facts[0].Value
    }

    It 'keeps statuses and ids that can be asked for' {
        @($read | Where-Object Status -EQ Fail).ControlId | Should -Be @($results | Where-Object Status -EQ Fail | ForEach-Object { "$($_.ControlId)" })
        @($read | Where-Object ControlId -EQ '1.10').Title | Should -Be (Get-CisControl -Id '1.10').Title
        @($read | Group-Object -Property ControlId).Count | Should -Be 49
        @($read | Get-CisFinding -Status Fail).Count | Should -Be @($findings | Where-Object Status -EQ Fail).Count
    }

    It 'keeps the order of ids' {
        ($read | Sort-Object -Property Title | Sort-Object -Property SortKey).ControlId -join ' ' | Should -Be ($results.ControlId -join ' ')
    }

    It 'keeps how results look' {
        ($read | Out-String -Width 120) -replace '\s+$' | Should -Be (($results | Out-String -Width 120) -replace '\s+$')
    }

    It 'keeps what Measure-CisAssessment counts' {
        $back = $read | Measure-CisAssessment
        $live = $results | Measure-CisAssessment
        foreach ($name in 'Total', 'Pass', 'Fail', 'Unknown', 'ScoredPass', 'ScoredCounted', 'PassRate', 'ExitCode') {
            $back.$name | Should -Be $live.$name -Because "$name is the same"
        }
    }
}

Describe 'Get-CisPolicy' {
    It 'writes JSON' {
        $policy = Get-CisPolicy
        # Windows PowerShell has no Test-Json.
        if (Get-Command -Name Test-Json -ErrorAction SilentlyContinue) {
            $policy | Test-Json | Should -BeTrue
        }

        ($policy | ConvertFrom-Json).Statement.Action | Should -Be (Get-CisControl | ForEach-Object { $_.Actions } | Sort-Object -Unique)
    }
}

Describe 'ConvertTo-Html' {
    It 'makes a table with a row for each result' {
        $page = ($results | ConvertTo-Html -Property ControlId, Status, Title, FailedResource) -join "`n"
        ([regex]::Matches($page, '<tr><td>')).Count | Should -Be 49
        $page | Should -Match '<td>4\.1</td><td>Fail</td>'
        $page | Should -Not -Match '>(System|CisAws)\.'
    }
}

Describe 'Select-CisEvent' {
    BeforeAll {
        $records = '{"Records":[{"eventName":"CreateTrail","eventTime":"2026-11-05T10:20:30Z"},{"eventName":"DescribeTrails"},{"eventName":"DeleteTrail"}]}'
        $file = Join-Path -Path $TestDrive -ChildPath 'records.json'
        [IO.File]::WriteAllText($file, $records)
        $lookup = '{"Events":[{"EventName":"CreateTrail","CloudTrailEvent":"{\"eventName\":\"CreateTrail\"}"},{"EventName":"DeleteTrail","CloudTrailEvent":"{\"eventName\":\"DeleteTrail\"}"}]}'
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'a log file as one object'; Objects = { $records | ConvertFrom-Json } }
        @{ Name = 'records as objects'; Objects = { ($records | ConvertFrom-Json).Records } }
        @{ Name = 'the answer of LookupEvents'; Objects = { $lookup | ConvertFrom-Json } }
        @{ Name = 'the events of LookupEvents'; Objects = { ($lookup | ConvertFrom-Json).Events } }
        @{ Name = 'a file'; Objects = { Get-Item -LiteralPath $file } }
        @{ Name = 'the path of a file'; Objects = { Get-Item -LiteralPath $file | Select-Object -Property FullName } }
    ) {
        $selected = @(& $Objects | Select-CisEvent -Pattern '{ $.eventName = *Trail }')
        $selected.eventName | Should -Be 'CreateTrail', 'DeleteTrail'
    }

    It 'compares the times of objects as CloudTrail writes them' {
        $selected = @(($records | ConvertFrom-Json).Records | Select-CisEvent -Pattern '{ $.eventTime = "2026-11-05T10:20:30Z" }')
        $selected.eventName | Should -Be 'CreateTrail'
    }
}
