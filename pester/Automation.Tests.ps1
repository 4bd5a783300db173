# Where nobody sits before it: scheduled tasks, jobs, hosts that stop a run, bare environments, and errors that say what to do.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule
    $emulator = Start-CisEmulator
    $account = $emulator.Account

    # The same for a process: all that a task needs to know stands in its environment.
    $environment = @{
        AWS_ENDPOINT_URL      = $emulator.EndpointUrl
        AWS_ACCESS_KEY_ID     = $emulator.AccessKey
        AWS_SECRET_ACCESS_KEY = $emulator.SecretKey
        AWS_SESSION_TOKEN     = $null
        NO_COLOR              = '1'
    }

    $manifest = Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1'
    $import = "Import-Module -Name '$manifest'"

    # A session of its own in this process, with the module.
    function New-Session {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'There is nothing to ask about.')]
        param()

        $session = [powershell]::Create()
        [void] $session.AddCommand('Import-Module').AddArgument([WildcardPattern]::Escape($manifest)).Invoke()
        $session.Commands.Clear()
        $session
    }

    # The error that ends an action.
    function Get-Failure([scriptblock] $Action) {
        try {
            $null = & $Action
        }
        catch {
            return $_
        }

        throw 'There was no error.'
    }

    # What a person reads of an error: Windows PowerShell has the advice in the message, PowerShell 7 beneath it.
    function Get-ErrorText($ErrorRecord) {
        "$ErrorRecord $($ErrorRecord.ErrorDetails.RecommendedAction)"
    }
}

AfterAll {
    Stop-CisEmulator $emulator
    Remove-Module -Name CisAws -ErrorAction SilentlyContinue
}

Describe 'The exit code of a scheduled task' {
    BeforeAll {
        $script = Join-Path -Path $TestDrive -ChildPath 'assess.ps1'
        $wrong = $environment.Clone()
        $wrong['AWS_SECRET_ACCESS_KEY'] = 'wrong'
    }

    It 'is <ExitCode> for <Meaning>' -ForEach @(
        @{ ExitCode = 0; Meaning = 'a control that passes'; ControlId = '1.9' }
        @{ ExitCode = 2; Meaning = 'one that fails, whatever else there is'; ControlId = '1.10', '3.13' }
        @{ ExitCode = 3; Meaning = 'one that could not be decided'; ControlId = '3.13' }
    ) {
        $quoted = "'$($ControlId -join "', '")'"
        Set-Content -LiteralPath $script -Value $import, "`$results = Invoke-CisAssessment -ControlId $quoted", 'exit ($results | Measure-CisAssessment).ExitCode'
        (Invoke-InNewShell -File $script -Environment $environment).ExitCode | Should -Be $ExitCode
        (Invoke-InNewShell -Command "$import; exit (Invoke-CisAssessment -ControlId $quoted | Measure-CisAssessment).ExitCode" -Environment $environment).ExitCode |
            Should -Be $ExitCode
    }

    It 'is 1 for a script that an error ends, and the error is told' {
        Set-Content -LiteralPath $script -Value @(
            '$ErrorActionPreference = ''Stop'''
            $import
            '$results = Invoke-CisAssessment -ControlId ''1.9'''
            'exit ($results | Measure-CisAssessment).ExitCode'
        )
        foreach ($said in (Invoke-InNewShell -File $script -Environment $wrong), (Invoke-InNewShell -Command "$import; Invoke-CisAssessment" -Environment $wrong)) {
            $said.ExitCode | Should -Be 1
            # The shell folds its lines.
            ($said.ErrorOutput -join '') -replace '\s' | Should -Match 'rejectedthecredentials'
        }
    }

    It 'is never 0 where nothing was assessed, not even in a script that goes on after an error' {
        Set-Content -LiteralPath $script -Value $import, '$results = Invoke-CisAssessment', 'exit ($results | Measure-CisAssessment).ExitCode'
        (Invoke-InNewShell -File $script -Environment $wrong).ExitCode | Should -Be 3
    }
}

Describe 'A list of accounts' {
    It 'may have empty cells and several regions in one, and an account that is not reached is not forgotten' {
        $list = Join-Path -Path $TestDrive -ChildPath 'accounts.csv'
        Set-Content -LiteralPath $list -Value @(
            'ProfileName,Region,Program,RoleArn,ExternalId,EndpointUrl'
            ',"eu-west-1,us-east-1",,,,'
            'nope,eu-west-1; us-east-1,,,,'
            ',,,,,'
        )
        $script = Join-Path -Path $TestDrive -ChildPath 'accounts.ps1'
        Set-Content -LiteralPath $script -Value @(
            $import
            "`$results = Import-Csv -LiteralPath '$list' | Invoke-CisAssessment -ControlId '1.9'"
            '$results | ForEach-Object { "$($_.AccountId -replace ''\d'', ''1'') $($_.ControlId) $($_.ReasonCode)" }'
            'exit ($results | Measure-CisAssessment).ExitCode'
        )
        $said = Invoke-InNewShell -File $script -Environment $environment
        $said.Output | Should -Be '111111111111 1.9 LongEnough', 'nope 1.9 AccountUnreachable', '111111111111 1.9 LongEnough'
        ($said.ErrorOutput -join '') -replace '\s' | Should -Match "Profilenope:Profile'nope'wasnotfound"
        $said.ExitCode | Should -Be 3
    }

    It 'may come as one text, as -File hands it over' {
        @(Get-CisControl -Id '1.*,2.1').Count | Should -Be 23
        @(Invoke-CisAssessment -ControlId '1.9, 1.10' -Region 'eu-west-1,us-east-1' @account).Count | Should -Be 2
    }
}

Describe 'A shell in which nobody answers' {
    It 'is asked nothing, not even before a program is removed' {
        $programs = Join-Path -Path $TestDrive -ChildPath 'programs'
        $said = Invoke-InNewShell -Environment @{ CISAWS_PROGRAM_PATH = $programs } -Command (
            "$import; `$null = New-CisProgram -Name norrvik; Set-CisProgram -Name norrvik -Owner 'J. Ek'; " +
            'Remove-CisProgram -Name norrvik; @(Get-CisProgram -Type Custom).Count')
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output | Should -Be '0'
    }

    It 'is asked nothing where -Debug is given alone' {
        $said = Invoke-InNewShell -Environment $environment -Command (
            "$import; `$results = Invoke-CisAssessment -ControlId '1.9', '3.13' -Debug; @(`$results).Count")
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.ExitCode | Should -Be 0
        $said.Output[-1] | Should -Be '2'
        $shown = ($said.Output -join '') -replace '\s'
        $shown | Should -Match 'DEBUG:sts:GetCallerIdentityrequestid'
        $shown | Should -Match 'WARNING:Account\d{12}:1controlisUnknown'
    }

    It 'has results on the output and nothing besides' {
        $said = Invoke-InNewShell -Command "$import; Invoke-CisAssessment -ControlId '1.9', '1.10' | ForEach-Object { `$_.ReasonCode }" -Environment $environment
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output | Should -Be 'LongEnough', 'TooFewRemembered'
    }
}

Describe 'A background job' {
    It 'gives results that can be filtered, counted and looked into' {
        $results = Start-Job -ScriptBlock {
            Import-Module -Name $using:manifest
            Invoke-CisAssessment -ControlId '1.9', '1.10' @using:account
        } | Receive-Job -Wait -AutoRemoveJob

        ($results | Where-Object Status -EQ Fail).Title | Should -Be (Get-CisControl -Id '1.10').Title
        ($results | Measure-CisAssessment).ExitCode | Should -Be 2
        @($results | Get-CisFinding -Status Fail).Count | Should -Be 1
    }
}

Describe 'Two sessions in one process' {
    It 'assess at the same time and do not disturb each other' {
        $sessions = (New-Session), (New-Session)
        try {
            $runs = foreach ($session in $sessions) {
                [void] $session.AddCommand('Invoke-CisAssessment').AddParameters($account)
                $session.BeginInvoke()
            }

            foreach ($i in 0, 1) {
                $results = $sessions[$i].EndInvoke($runs[$i])
                $results.Count | Should -Be 49
                @($results.RunId | Sort-Object -Unique).Count | Should -Be 1
                $sessions[$i].HadErrors | Should -BeFalse
            }
        }
        finally {
            $sessions | ForEach-Object { $_.Dispose() }
        }
    }
}

Describe 'Stopping a run' {
    It 'ends it at once, though the endpoint never answers' {
        # Whoever connects is taken in and hears nothing.
        $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList ([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $session = New-Session
        try {
            $connected = $listener.AcceptTcpClientAsync()
            [void] $session.AddCommand('Invoke-CisAssessment').AddParameters(@{
                    EndpointUrl = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/"
                    AccessKey   = $account.AccessKey
                    SecretKey   = $account.SecretKey
                })
            $run = $session.BeginInvoke()

            # The limits are for a run that does not come so far, or cannot be stopped: the call itself would hang for longer.
            $connected.Wait(60000) | Should -BeTrue -Because 'the run asks the endpoint'
            $stop = $session.BeginStop($null, $null)
            $stop.AsyncWaitHandle.WaitOne(25000) | Should -BeTrue -Because 'the run ends'
            $session.InvocationStateInfo.State | Should -Be 'Stopped'
            { $session.EndInvoke($run) } | Should -Throw

            # And the session is good for more.
            $session.Commands.Clear()
            [void] $session.AddCommand('Get-CisControl')
            $session.Invoke().Count | Should -Be 49
        }
        finally {
            $listener.Stop()
            if ($connected -and $connected.Status -eq 'RanToCompletion') {
                $connected.Result.Dispose()
            }

            $session.Dispose()
        }
    }

    It 'is done by a pipeline that has enough' {
        $seen = [System.Collections.Generic.List[string]]::new()
        $first = Invoke-CisAssessment @account | ForEach-Object { $seen.Add("$($_.ControlId)"); $_ } | Select-Object -First 2
        $first | ForEach-Object { "$($_.ControlId)" } | Should -Be '1.1', '1.2'
        $seen | Should -Be '1.1', '1.2'
    }
}

Describe 'The module' {
    It 'assesses again after it was removed and imported' {
        $first = Invoke-CisAssessment -ControlId '1.9' @account
        Remove-Module -Name CisAws
        Import-CisModule
        $second = Invoke-CisAssessment -ControlId '1.9' @account
        "$($second.Status)" | Should -Be "$($first.Status)"
        ($first, $second | Measure-CisAssessment).Total | Should -Be 2
    }

    Context 'in a folder of read-only files, with blanks and brackets in its name' {
        BeforeAll {
            # Not in Pester's own folder, which it clears by wildcards.
            $name = "cis aws [1] $([guid]::NewGuid())"
            $place = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath $name
            $copy = Join-Path -Path $place -ChildPath 'CisAws'
            foreach ($file in Get-ChildItem -LiteralPath $moduleFolder -Recurse -File) {
                # By .NET: Windows PowerShell may take brackets in a destination for a wildcard.
                $target = $copy + $file.FullName.Substring($moduleFolder.Length)
                $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
                [System.IO.File]::Copy($file.FullName, $target)
            }

            Get-ChildItem -LiteralPath $copy -Recurse -File | ForEach-Object { $_.IsReadOnly = $true }

            function Get-State {
                Get-ChildItem -LiteralPath $copy -Recurse -Force | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks) $($_.Length)" }
            }
        }

        AfterAll {
            Get-ChildItem -LiteralPath $copy -Recurse -File | ForEach-Object { $_.IsReadOnly = $false }
            Remove-Item -LiteralPath $place -Recurse -Force
        }

        It 'is imported, assesses, finds its programs and its help, and leaves the folder as it was' {
            $before = Get-State
            $said = Invoke-InNewShell -Environment $environment -Command (
                "Import-Module -Name ([WildcardPattern]::Escape('$copy/CisAws.psd1')); (Get-Module -Name CisAws).ModuleBase; " +
                '"$((Invoke-CisAssessment -ControlId ''1.9'').Status)"; @(Get-CisProgram -Type Default).Count -ge 3; ' +
                '(Get-Help -Name Get-CisControl).Synopsis.Length -gt 0; @((Get-Help -Name Get-CisControl).examples.example).Count -gt 2')
            $said.ErrorOutput | Should -BeNullOrEmpty
            # Windows may have a short name for the folders above.
            $said.Output[0].Replace('\', '/').EndsWith("$name/CisAws") | Should -BeTrue
            $said.Output[1..4] | Should -Be 'Pass', 'True', 'True', 'True'
            Get-State | Should -Be $before
        }
    }
}

Describe 'A bare environment' {
    It 'without a home will do' {
        $none = @{ HOME = $null; USERPROFILE = $null; HOMEDRIVE = $null; HOMEPATH = $null; XDG_CONFIG_HOME = $null; CISAWS_PROGRAM_PATH = $null }
        $said = Invoke-InNewShell -Environment ($environment + $none) -Command (
            "$import; `"`$((Invoke-CisAssessment -ControlId '1.9').Status)`"; @(Get-CisProgram -Type Default).Count -ge 3")
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output | Should -Be 'Pass', 'True'
    }

    It 'without a region takes us-east-1 to begin with, and says so' {
        $file = Join-Path -Path $TestDrive -ChildPath 'none'
        $none = @{ AWS_REGION = $null; AWS_DEFAULT_REGION = $null; AWS_PROFILE = $null; AWS_CONFIG_FILE = $file; AWS_SHARED_CREDENTIALS_FILE = $file }
        $said = Invoke-InNewShell -Environment ($environment + $none) -Command "$import; Invoke-CisAssessment -ControlId '1.9' -Verbose 4>&1 | ForEach-Object { `"`$_`" }"
        ($said.Output -join '') -replace '\s' | Should -Match 'us-east-1\(default;noneconfigured\)'
    }

    It 'of constrained language will do' {
        # The views are scripts too.
        $said = Invoke-InNewShell -Environment $environment -Command (
            "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; $import; " +
            '$results = Invoke-CisAssessment -ControlId ''1.9'', ''1.10''; $ExecutionContext.SessionState.LanguageMode; ' +
            '($results | Where-Object Status -EQ Fail).ReasonCode; ($results | Measure-CisAssessment).ExitCode; ' +
            '$results | Format-Table; $results | Format-List; $results | Get-CisFinding | Format-List; Get-CisControl -Id ''1.9'' | Format-List; ' +
            '$results | Measure-CisAssessment; Get-CisProgram -Name cis-aws-1.2.0 | Format-List')
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output[0..2] | Should -Be 'ConstrainedLanguage', 'TooFewRemembered', '2'
        $said.Output -match '^1\.10 +Fail ' | Should -HaveCount 1
        # Two results, and their findings.
        $said.Output -match '^AssessedAt +: \d' | Should -HaveCount 4
        $said.Output -match '^With the AWS CLI +: # For a POSIX shell with jq' | Should -HaveCount 1
        $said.Output -match '^Exit code +: 2$' | Should -HaveCount 1
    }
}

Describe 'The Turkish culture' {
    BeforeAll {
        # Its I is not the capital of i, its decimal sign a comma.
        $inTurkish = "[cultureinfo]::CurrentCulture = 'tr-TR'; $import; "
    }

    It 'does not matter for <What>' -ForEach @(
        @{ What = 'sections'; Command = '@(Get-CisControl -Section iam).Count'; Expected = '22' }
        @{ What = 'services'; Command = '@(Get-CisControl -Service iam).Count -gt 0'; Expected = 'True' }
        @{ What = 'control ids'; Command = '"$((Get-CisControl -Id 1.9).ControlId)"'; Expected = '1.9' }
        @{ What = 'programs'; Command = '@(Get-CisControl -Program CIS-AWS-1.2.0).Count'; Expected = '49' }
        @{ What = 'statuses'; Command = '"$((Invoke-CisAssessment -ControlId ''1.9'' | Where-Object Status -EQ pass).Status)"'; Expected = 'Pass' }
        @{ What = 'findings'; Command = '@(Invoke-CisAssessment -ControlId ''1.10'' | Get-CisFinding -Status fail).Count'; Expected = '1' }
        @{ What = 'completion'; Command = '(TabExpansion2 ''Get-CisControl -Section i'' 25).CompletionMatches[0].CompletionText'; Expected = 'IAM' }
        @{ What = 'regions'; Command = '@(Invoke-CisAssessment -ControlId ''4.1'' -Region EU-WEST-1 -WarningAction SilentlyContinue).Count'; Expected = '1' }
    ) {
        $said = Invoke-InNewShell -Command ($inTurkish + $Command) -Environment $environment
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output | Should -Be $Expected
    }
}

Describe 'An error' {
    BeforeAll {
        $command = 'CisAws.PowerShell.Commands.InvokeCisAssessmentCommand'
    }

    It 'says what to do about keys that AWS does not take' {
        $problem = Get-Failure { Invoke-CisAssessment -EndpointUrl $account.EndpointUrl -AccessKey 'AKIAIOSFODNN7EXAMPLE' -SecretKey 'wrong-and-secret' }
        $problem.FullyQualifiedErrorId | Should -Be "CredentialsRejected,$command"
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        Get-ErrorText $problem | Should -Match 'check the keys'
        Get-ErrorText $problem | Should -Not -Match 'wrong-and-secret'
    }

    It 'says what to do about a profile that is not there' {
        $problem = Get-Failure { Invoke-CisAssessment -ProfileName nope }
        $problem.FullyQualifiedErrorId | Should -Be "ProfileNotFound,$command"
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Get-ErrorText $problem | Should -Match "Profile 'nope' was not found"
        Get-ErrorText $problem | Should -Match 'aws configure'
        Get-ErrorText $problem | Should -Match '-ProfileLocation'
    }

    It 'says which regions there are, and what to do about one that is not' {
        $problem = Get-Failure { Invoke-CisAssessment -Region eu-wst-1 @account }
        $problem.FullyQualifiedErrorId | Should -Be "UnknownRegion,$command"
        Get-ErrorText $problem | Should -Match 'eu-west-1'
        Get-ErrorText $problem | Should -Match 'omit -Region to assess every enabled region'
    }

    It 'says what to do about a control that is not there' {
        $problem = Get-Failure { Invoke-CisAssessment -ControlId '1.99' @account }
        $problem.FullyQualifiedErrorId | Should -Be "UnknownControl,$command"
        Get-ErrorText $problem | Should -Match "'1\.1' to '1\.22'"
    }

    It 'says to quote an id that PowerShell has made a number of' {
        Get-ErrorText (Get-Failure { Get-CisControl -Id 1.1, 1.9 }) | Should -Match "Quote it: '1\.1' or '1\.10'"
    }

    It 'says where to look when nothing listens at the endpoint' {
        # Bound and not listening: nobody else can take the port meanwhile.
        $bound = New-Object -TypeName System.Net.Sockets.Socket -ArgumentList 'InterNetwork', 'Stream', 'Tcp'
        $bound.Bind((New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([System.Net.IPAddress]::Loopback, 0)))
        $port = $bound.LocalEndPoint.Port
        try {
            $problem = Get-Failure { Invoke-CisAssessment -EndpointUrl "http://127.0.0.1:$port/" -AccessKey $account.AccessKey -SecretKey $account.SecretKey }
        }
        finally {
            $bound.Dispose()
        }

        $problem.FullyQualifiedErrorId | Should -Be "EndpointUnreachable,$command"
        Get-ErrorText $problem | Should -Match "$port"
    }

    It 'about one account does not keep the others of a list from being assessed' {
        $rows = @(
            [pscustomobject] @{ EndpointUrl = $account.EndpointUrl; AccessKey = $account.AccessKey; SecretKey = 'wrong' }
            [pscustomobject] @{ EndpointUrl = $account.EndpointUrl; AccessKey = $account.AccessKey; SecretKey = $account.SecretKey }
        )
        $results = $rows | Invoke-CisAssessment -ControlId '1.9' -ErrorAction SilentlyContinue -ErrorVariable problems
        @($results).Count | Should -Be 2
        "$($results[0].Status) $($results[0].ReasonCode)" | Should -Be 'Unknown AccountUnreachable'
        $problems[0].FullyQualifiedErrorId | Should -Be "CredentialsRejected,$command"
    }
}
