# For real shells: Windows PowerShell 5.1 and PowerShell 7. Runs what examples/ holds, against the emulator.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $scripts = Get-ChildItem -Path (Join-Path -Path $PSScriptRoot -ChildPath '../examples') -Recurse -Filter '*.ps1' |
        ForEach-Object -Process { @{ Name = $_.Name; Path = $_.FullName } }
    $onWindows = $env:OS -eq 'Windows_NT'
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')

    $root = Split-Path -Path $PSScriptRoot -Parent
    $examples = Join-Path -Path $root -ChildPath 'examples'
    $shell = (Get-Process -Id $PID).Path
    # PowerShell as a tool of .NET is a library that dotnet runs.
    $library = if ((Split-Path -Path $shell -Leaf) -like 'dotnet*') { "`"$(Join-Path -Path $PSHOME -ChildPath 'pwsh.dll')`" " }
    $kept = @{}
    foreach ($name in 'PSModulePath', 'AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }

    # The scripts find the module by its name, as where it is installed, and the emulator by its environment.
    Import-CisModule
    $env:PSModulePath = (Join-Path -Path $root -ChildPath 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
    $emulator = Start-CisEmulator
    $env:AWS_ENDPOINT_URL = $emulator.EndpointUrl
    $env:AWS_ACCESS_KEY_ID = $emulator.AccessKey
    $env:AWS_SECRET_ACCESS_KEY = $emulator.SecretKey

    # Runs a command line as whoever starts a process does: an action of a task, an agent.
    function Invoke-CommandLine([string] $Execute, [string] $Argument, [hashtable] $Environment = @{}) {
        $start = [Diagnostics.ProcessStartInfo]@{
            FileName               = $Execute
            Arguments              = "$library$Argument"
            RedirectStandardOutput = $true
            RedirectStandardError  = $true
            UseShellExecute        = $false
            WorkingDirectory       = $TestDrive
        }
        foreach ($name in $Environment.Keys) {
            $start.EnvironmentVariables[$name] = $Environment[$name]
        }

        $process = [Diagnostics.Process]::Start($start)
        try {
            $errorText = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Error = $errorText.Result }
        }
        finally {
            Stop-ChildProcess $process
        }
    }

    # A CSV file that other programs read right: a byte order mark, a header, and times in UTC.
    function Assert-Report([string] $Path) {
        [IO.File]::ReadAllBytes($Path)[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        [IO.File]::ReadAllLines($Path)[0] | Should -BeLike '"ControlId",*'
        (Import-Csv -LiteralPath $Path).AssessedAt | Where-Object -FilterScript { $_ -notmatch '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$' } |
            Should -BeNullOrEmpty
    }

    # A program that the demo account complies with.
    function New-PassingProgram {
        $file = Join-Path -Path $TestDrive -ChildPath 'passing.json'
        [void] (New-CisProgram -Name 'passing' -ControlId '1.9' -Path $file -Force)
        $file
    }

    # The text of a block in YAML: the lines below the one that opens it that stand further in than it does.
    function Get-BlockText([string] $Path, [string] $After) {
        $lines = Get-Content -LiteralPath $Path
        $first = 0
        while ($lines[$first] -notmatch "^\s*- name: $After$") { $first++ }
        while ($lines[$first] -notmatch '^(\s*)(- |run: )\|$') { $first++ }
        $indent = $Matches[1].Length
        $block = foreach ($line in $lines[($first + 1)..($lines.Count - 1)]) {
            if ($line -match '\S' -and $line -notmatch "^\s{$($indent + 1),}") { break }
            $line
        }
        $block -join "`n"
    }
}

AfterAll {
    Stop-CisEmulator $emulator
    foreach ($name in $kept.Keys) {
        [Environment]::SetEnvironmentVariable($name, $kept[$name])
    }
}

Describe 'The script <Name>' -ForEach $scripts {
    It 'is understood' {
        $errors = $null
        [void] [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'has help, for each parameter too' {
        $help = Get-Help -Name $Path -Full
        $help.Synopsis | Should -Match '\.$'
        $help.Description | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
        $declared = (Get-Command -Name $Path).Parameters.Keys |
            Where-Object -FilterScript { $_ -notin [Management.Automation.PSCmdlet]::CommonParameters -and $_ -notin 'WhatIf', 'Confirm' }
        foreach ($parameter in $declared) {
            ($help.Parameters.Parameter | Where-Object -Property Name -EQ -Value $parameter).Description |
                Should -Not -BeNullOrEmpty -Because "-$parameter needs a text"
        }
    }
}

Describe 'The scheduled task' {
    BeforeAll {
        $register = Join-Path -Path $examples -ChildPath 'ScheduledTask/Register-CisAssessmentTask.ps1'
        $tree = [Management.Automation.Language.Parser]::ParseFile($register, [ref] $null, [ref] $null)
        $quoting = $tree.Find({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)
        . ([scriptblock]::Create($quoting.Extent.Text))

        # In the place of Windows' own, which are nowhere else: they give back what they were given.
        Set-Item -Path 'function:New-ScheduledTaskAction' -Value { param($Execute, $Argument) [pscustomobject] $PSBoundParameters }
        Set-Item -Path 'function:New-ScheduledTaskTrigger' -Value { param([switch] $Daily, $At) [pscustomobject] $PSBoundParameters }
        Set-Item -Path 'function:New-ScheduledTaskSettingsSet' -Value {
            param([switch] $StartWhenAvailable, $MultipleInstances, $ExecutionTimeLimit) [pscustomobject] $PSBoundParameters
        }
        Set-Item -Path 'function:New-ScheduledTaskPrincipal' -Value { param($UserId, $LogonType, $RunLevel) [pscustomobject] $PSBoundParameters }
        Set-Item -Path 'function:Register-ScheduledTask' -Value {
            param($TaskName, $Description, $Action, $Trigger, $Settings, $Principal, $User, [Alias('Password')] $Key, [switch] $Force)
            [pscustomobject] $PSBoundParameters
        }

        $reports = Join-Path -Path $TestDrive -ChildPath "it's [1] of many\reports"
    }

    It 'quotes <Value> so that a program gets it back' -ForEach @(
        @{ Value = 'plain' }
        @{ Value = '' }
        @{ Value = 'C:\Reports of ours\' }
        @{ Value = 'C:\a [b]\it''s\\' }
        @{ Value = 'say "so", \"or\\" so' }
        @{ Value = '$HOME `n %PATH% & | ; ^' }
    ) {
        $echo = Join-Path -Path $TestDrive -ChildPath 'echo.ps1'
        Set-Content -LiteralPath $echo -Value '[Console]::Write($args[0] + "|" + $args[1])'
        $run = Invoke-CommandLine $shell "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$echo`" $(ConvertTo-QuotedArgument $Value) last"
        $run.Output | Should -BeExactly "$Value|last"
    }

    It 'refuses a value that PowerShell would take for a parameter' {
        { & $register -ExternalId '-NoExit' -WhatIf } | Should -Throw -ExpectedMessage '*hyphen*'
    }

    It 'runs under SYSTEM, every day' {
        $task = & $register -At '05:30' -KeepDays 30
        $task.TaskName | Should -Be 'CisAws assessment'
        $task.Principal.UserId | Should -Be 'SYSTEM'
        $task.Principal.LogonType | Should -Be 'ServiceAccount'
        $task.Trigger.At.TimeOfDay | Should -Be ([timespan] '05:30')
        $task.Action.Execute | Should -Be 'powershell.exe'
        $task.Action.Argument | Should -BeLike '-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "*Start-CisAssessment.ps1" -KeepDays "30"'
    }

    It 'runs under a group managed service account, whose password Windows knows' {
        $task = & $register -UserId 'NORRVIK\cis-audit$'
        $task.Principal.LogonType | Should -Be 'Password'
        $task.PSObject.Properties.Name | Should -Not -Contain 'User'
    }

    It 'runs under an account with a password' {
        $task = & $register -Credential ([pscredential]::new('NORRVIK\audit', [Net.NetworkCredential]::new('', 's3cret').SecurePassword))
        $task.User | Should -Be 'NORRVIK\audit'
        $task.Key | Should -Be 's3cret'
        $task.PSObject.Properties.Name | Should -Not -Contain 'Principal'
    }

    It 'registers nothing with -WhatIf' {
        & $register -ReportPath $reports -WhatIf | Should -BeNullOrEmpty
    }

    It 'writes its reports and ends with 2 when a control fails' {
        [void] [IO.Directory]::CreateDirectory($reports)
        $old = 'results-20200101T000000Z.csv', 'assessment-20200101T000000Z.log', 'results-of-mine.csv'
        foreach ($name in $old) {
            $file = Join-Path -Path $reports -ChildPath $name
            [IO.File]::WriteAllText($file, '')
            [IO.File]::SetLastWriteTimeUtc($file, [datetime]::UtcNow.AddDays(-91))
        }

        $task = & $register -PowerShell $shell -ReportPath $reports -Region 'eu-west-1', 'us-east-1' -KeepDays 90
        $run = Invoke-CommandLine $task.Action.Execute $task.Action.Argument
        $run.ExitCode | Should -Be 2 -Because "$($run.Output)$($run.Error)"

        $files = Get-ChildItem -LiteralPath $reports | Sort-Object -Property Name
        $files.Count | Should -Be 4 -Because 'what is old is removed, and nothing but reports'
        $files.Name | Should -Contain 'results-of-mine.csv'
        $files = $files | Where-Object -Property Length -GT -Value 0

        $findings = @(Import-Csv -LiteralPath ($files | Where-Object -Property Name -Like -Value 'findings-*.csv').FullName)
        $findings.Count | Should -BeGreaterThan 0
        $findings.Status | Sort-Object -Unique | Should -Be 'Fail'
        $results = @(Import-Csv -LiteralPath ($files | Where-Object -Property Name -Like -Value 'results-*.csv').FullName)
        $results.Count | Should -Be 49
        ($results | Where-Object -Property ControlId -EQ -Value '4.1').Reason | Should -Match '2 of \d+ regions'

        $files.FullName -like '*.csv' | ForEach-Object -Process { Assert-Report $_ }

        $log = Get-Content -LiteralPath ($files | Where-Object -Property Name -Like -Value '*.log').FullName -Raw
        $log | Should -Match 'WARNING: .*could not be read'
        $log | Should -Match 'Account 111122223333: \d+ Pass'
        $log | Should -Match 'exit code 2'
    }

    It 'ends with 0 when nothing fails, and writes findings that have a header only' {
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
        $task = & $register -PowerShell $shell -ReportPath $folder -Program (New-PassingProgram)
        $run = Invoke-CommandLine $task.Action.Execute $task.Action.Argument
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"

        $file = (Get-ChildItem -LiteralPath $folder -Filter 'findings-*.csv').FullName
        Assert-Report $file
        $header = (Invoke-CisAssessment -ControlId '1.2' | Get-CisFinding | ConvertTo-Csv -NoTypeInformation)[0]
        [IO.File]::ReadAllLines($file) | Should -Be $header
    }

    It 'ends with 1 and logs why when <Case>' -ForEach @(
        @{ Case = 'AWS rejects the key'; Environment = @{ AWS_SECRET_ACCESS_KEY = 'wrong' }; More = @{}; Expected = 'Check your AWS Secret Access Key' }
        @{ Case = 'the profile is not there'; Environment = @{}; More = @{ ProfileName = 'nobody' }; Expected = 'nobody' }
        @{ Case = 'the program is not there'; Environment = @{}; More = @{ Program = 'nothing' }; Expected = 'nothing[\s\S]*Recommended action: ' }
        @{ Case = 'the role cannot be assumed'; Environment = @{}; More = @{ RoleArn = 'arn:aws:iam::999999999999:role/Nobody' }; Expected = '[\s\S]*Recommended action: ' }
        @{ Case = 'the module is not installed'; Environment = @{ PSModulePath = 'nowhere' }; More = @{}; Expected = 'Install CisAws for all users' }
    ) {
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
        $task = & $register -PowerShell $shell -ReportPath $folder @More
        $run = Invoke-CommandLine $task.Action.Execute $task.Action.Argument $Environment
        $run.ExitCode | Should -Be 1
        $files = @(Get-ChildItem -LiteralPath $folder)
        $files.Count | Should -Be 1
        Get-Content -LiteralPath $files[0].FullName -Raw | Should -Match "ERROR: [\s\S]*$Expected"
    }
}

Describe 'The scheduled task, as Windows makes it' -Skip:(-not $onWindows) {
    BeforeAll {
        $register = Join-Path -Path $examples -ChildPath 'ScheduledTask/Register-CisAssessmentTask.ps1'
        # All is Windows' own but for the last step, which would change the machine.
        Set-Item -Path 'function:Register-ScheduledTask' -Value {
            param($TaskName, $Description, $Action, $Trigger, $Settings, $Principal, $User, [Alias('Password')] $Key, [switch] $Force)
            [pscustomobject] $PSBoundParameters
        }
    }

    It 'is put together under <UserId>' -ForEach @(
        @{ UserId = 'SYSTEM'; LogonType = 'ServiceAccount' }
        @{ UserId = 'NORRVIK\cis-audit$'; LogonType = 'Password' }
    ) {
        $task = & $register -UserId $UserId -ReportPath 'C:\Reports of ours'
        $task.Action.Arguments | Should -BeLike '*-ReportPath "C:\Reports of ours"*'
        $task.Principal.UserId | Should -Be $UserId
        "$($task.Principal.LogonType)" | Should -Be $LogonType
        $task.Settings.ExecutionTimeLimit | Should -Be 'PT2H'
    }
}

Describe 'The Azure Automation runbook' {
    BeforeAll {
        $runbook = Join-Path -Path $examples -ChildPath 'AzureAutomation/Invoke-CisAssessmentRunbook.ps1'
        $asset = [pscredential]::new($emulator.AccessKey, [Net.NetworkCredential]::new('', $emulator.SecretKey).SecurePassword)
        $auditor = 'arn:aws:iam::111122223333:role/CisAuditor'
        $quiet = @{ WarningAction = 'SilentlyContinue' }

        # In the place of what a sandbox has. Nothing but the runbook's own credentials may be used.
        $env:AWS_ACCESS_KEY_ID = $null
        $env:AWS_SECRET_ACCESS_KEY = $null
        Set-Item -Path 'function:Get-AutomationPSCredential' -Value { param($Name) if ($Name -eq 'CisAws') { $asset } }
        Set-Item -Path 'function:Disable-AzContextAutosave' -Value { param($Scope) $Scope }
        Set-Item -Path 'function:Connect-AzAccount' -Value { param([switch] $Identity) "signed in: $Identity" }
        Set-Item -Path 'function:New-AzStorageContext' -Value { param($StorageAccountName, [switch] $UseConnectedAccount) "$StorageAccountName, $UseConnectedAccount" }
        Set-Item -Path 'function:Set-AzStorageBlobContent' -Value {
            param($File, $Container, $Blob, $Context, [switch] $Force)
            Copy-Item -LiteralPath $File -Destination (Join-Path -Path $TestDrive -ChildPath 'blob.csv')
            [pscustomobject] $PSBoundParameters
        }
    }

    AfterAll {
        $env:AWS_ACCESS_KEY_ID = $emulator.AccessKey
        $env:AWS_SECRET_ACCESS_KEY = $emulator.SecretKey
    }

    It 'writes lines, and nothing else, to its output' {
        $output = @(& $runbook @quiet)
        $output[0] | Should -BeLike '111122223333: * Pass, * Fail, * Unknown*'
        $output.Count | Should -BeGreaterThan 10
        $output | ForEach-Object -Process { $_ | Should -BeOfType [string] }
        ($output -join "`n").Length | Should -BeLessThan 1MB
    }

    It 'assumes roles, and stores the rows of all accounts in one file' {
        $output = @(& $runbook -RoleArn "$auditor, $auditor" -ExternalId 'norrvik-cis' -StorageAccountName 'norrvik' -ContainerName 'cis' @quiet)
        @($output -like '*Pass*Fail*').Count | Should -Be 2
        $output[-1] | Should -BeLike 'Stored as results-*Z.csv in norrvik/cis'
        @(Import-Csv -LiteralPath (Join-Path -Path $TestDrive -ChildPath 'blob.csv')).Count | Should -Be 98
        Assert-Report (Join-Path -Path $TestDrive -ChildPath 'blob.csv')
    }

    It 'goes on after an account that cannot be reached, and fails the job' {
        $output = [Collections.Generic.List[object]]::new()
        {
            & $runbook -RoleArn 'arn:aws:iam::999999999999:role/Nobody', $auditor -ExternalId 'norrvik-cis' @quiet 2>&1 |
                ForEach-Object -Process { $output.Add($_) }
        } | Should -Throw -ExpectedMessage '1 of 2 accounts could not be assessed*'
        $output[0] | Should -BeOfType [Management.Automation.ErrorRecord]
        "$($output[0])" | Should -BeLike 'arn:aws:iam::999999999999:role/Nobody: * Recommended action: *'
        $output[1] | Should -BeLike '111122223333: *'
    }

    It 'fails the job for failing controls when it is asked to' {
        { & $runbook -FailOn Fail @quiet } | Should -Throw -ExpectedMessage '1 of 1 accounts have failing controls.'
        { & $runbook -FailOn Unknown @quiet } | Should -Throw -ExpectedMessage '1 of 1 accounts have failing controls.'
    }

    It 'finds a program of yours that came with the module' {
        $modules = Join-Path -Path $TestDrive -ChildPath 'modules'
        Copy-Item -LiteralPath (Get-Module -Name CisAws).ModuleBase -Destination (New-Item -Path $modules -ItemType Directory).FullName -Recurse
        [void] (New-CisProgram -Name 'norrvik' -ControlId '1.9' -Path (Join-Path -Path $modules -ChildPath 'CisAws/programs/norrvik.json'))

        # In a process of its own, where no other CisAws is loaded.
        $job = Join-Path -Path $TestDrive -ChildPath 'job.ps1'
        Set-Content -LiteralPath $job -Value @(
            'function Get-AutomationPSCredential { New-Object -TypeName pscredential -ArgumentList $env:TestKey, (New-Object -TypeName Net.NetworkCredential -ArgumentList @($null, $env:TestSecret)).SecurePassword }'
            "& '$runbook' -Program norrvik"
        )
        $run = Invoke-CommandLine $shell "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$job`"" @{
            PSModulePath = $modules
            TestKey      = $emulator.AccessKey
            TestSecret   = $emulator.SecretKey
        }
        $run.Output | Should -Match '^111122223333: 1 Pass, 0 Fail' -Because $run.Error
    }

    It 'says what to do when there is no asset' {
        { & $runbook -CredentialName 'Other' } | Should -Throw -ExpectedMessage "*no credential asset 'Other'*user name*"
    }

    Context 'with a managed identity' {
        BeforeAll {
            $requests = [Collections.Generic.List[hashtable]]::new()
            # In the place of Azure's endpoint and of AWS's, which must not be reached. The emulator knows its own keys, without a token.
            Set-Item -Path 'function:Invoke-RestMethod' -Value {
                param($Uri, $Method, $Headers, $Body)
                $requests.Add(@{ Uri = $Uri; Method = $Method; Headers = $Headers; Body = $Body })
                if ("$Uri" -like 'http://identity.test*') {
                    return [pscustomobject]@{ access_token = 'token of the identity' }
                }

                $keys = [pscustomobject]@{ AccessKeyId = $emulator.AccessKey; SecretAccessKey = $emulator.SecretKey; SessionToken = $null; Expiration = $expiration }
                [pscustomobject]@{ AssumeRoleWithWebIdentityResponse = @{ AssumeRoleWithWebIdentityResult = @{ Credentials = $keys } } }
            }
        }

        AfterAll {
            Remove-Item -Path 'function:Invoke-RestMethod'
            $env:IDENTITY_ENDPOINT = $null
            $env:IDENTITY_HEADER = $null
        }

        BeforeEach {
            $env:IDENTITY_ENDPOINT = 'http://identity.test/token'
            $env:IDENTITY_HEADER = 'header of the job'
            $requests.Clear()
            $expiration = [DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds()
        }

        It 'exchanges its token for the credentials of the role, and stores no key' {
            $output = @(& $runbook -IdentityRoleArn $auditor -CredentialName 'None' @quiet)
            $output[0] | Should -BeLike '111122223333: * Pass, * Fail, * Unknown*'

            $requests.Count | Should -Be 2
            $requests[0].Uri | Should -Be 'http://identity.test/token?resource=api%3A%2F%2Fcisaws'
            $requests[0].Headers['X-IDENTITY-HEADER'] | Should -Be 'header of the job'
            $requests[1].Uri | Should -Be 'https://sts.us-east-1.amazonaws.com/'
            $requests[1].Method | Should -Be 'Post'
            $requests[1].Body['WebIdentityToken'] | Should -Be 'token of the identity'
            $requests[1].Body['RoleArn'] | Should -Be $auditor
            $env:AWS_ACCESS_KEY_ID | Should -BeNullOrEmpty
            $env:AWS_WEB_IDENTITY_TOKEN_FILE | Should -BeNullOrEmpty
        }

        It 'renews credentials that expire soon, before the next account' {
            $expiration = [DateTimeOffset]::UtcNow.AddMinutes(9).ToUnixTimeSeconds()
            $output = @(& $runbook -IdentityRoleArn $auditor -RoleArn "$auditor, $auditor" -ExternalId norrvik-cis @quiet)
            @($output -like '111122223333: * Pass, *').Count | Should -Be 2
            @($requests.Uri -like 'https://sts.*').Count | Should -Be 3
        }

        It 'keeps credentials that are valid for long' {
            [void] (& $runbook -IdentityRoleArn $auditor -RoleArn "$auditor, $auditor" -ExternalId norrvik-cis @quiet)
            @($requests.Uri -like 'https://sts.*').Count | Should -Be 1
        }

        It 'assesses the accounts of the organization, and its own without a role' {
            Set-Item -Path 'function:Get-CisAccount' -Value {
                param($RoleName, $Credential)
                [pscustomobject]@{ RoleArn = '' }
                [pscustomobject]@{ RoleArn = "arn:aws:iam::111122223333:role/$RoleName" }
            }
            try {
                $output = @(& $runbook -IdentityRoleArn $auditor -AccountRoleName CisAuditor -ExternalId norrvik-cis @quiet)
                @($output -like '111122223333: * Pass, *').Count | Should -Be 2
            }
            finally {
                Remove-Item -Path 'function:Get-CisAccount'
            }
        }

        It 'calls <Endpoint> for a role of <Partition>' -ForEach @(
            @{ Partition = 'aws-us-gov'; Endpoint = 'https://sts.us-gov-west-1.amazonaws.com/' }
            @{ Partition = 'aws-cn'; Endpoint = 'https://sts.cn-north-1.amazonaws.com.cn/' }
            @{ Partition = 'aws-eusc'; Endpoint = 'https://sts.eusc-de-east-1.amazonaws.eu/' }
        ) {
            [void] (& $runbook -IdentityRoleArn "arn:${Partition}:iam::111122223333:role/CisAuditor" @quiet)
            $requests[1].Uri | Should -Be $Endpoint
        }

        It 'says what to do when the identity is off' {
            $env:IDENTITY_ENDPOINT = $null
            { & $runbook -IdentityRoleArn $auditor } | Should -Throw -ExpectedMessage '*does not have a managed identity*Turn*'
        }
    }
}

Describe 'The Systems Manager document' {
    BeforeAll {
        $document = Join-Path -Path $examples -ChildPath 'AwsSsm/CisAws-Assess.yaml'
        $text = Get-BlockText $document 'assess'
        $reports = Join-Path -Path $TestDrive -ChildPath 'ssm [1] (a)'

        # As the agent does: values into the text, the text into a file, and that to PowerShell.
        function Invoke-Document([hashtable] $Parameters = @{}, [hashtable] $Environment = @{}) {
            $script = [regex]::Replace($text, '\{\{ (\w+) \}\}', { $Parameters[$args[0].Groups[1].Value] })
            $file = Join-Path -Path $TestDrive -ChildPath '_script.ps1'
            Set-Content -LiteralPath $file -Value $script
            Invoke-CommandLine $shell "-NoProfile -NonInteractive -ExecutionPolicy Unrestricted -File `"$file`"" $Environment
        }
    }

    It 'ends with 2, with a summary that Run Command can keep and reports in files' {
        $run = Invoke-Document @{ ReportPath = $reports; RoleArn = 'arn:aws:iam::111122223333:role/CisAuditor'; ExternalId = 'norrvik-cis'; Region = 'eu-west-1,us-east-1' }
        $run.ExitCode | Should -Be 2 -Because "$($run.Output)$($run.Error)"
        $run.Output | Should -Match '^Account 111122223333: \d+ Pass'
        $run.Output | Should -Match '(?m)^1\.2 Fail: '
        $run.Output.Length | Should -BeLessThan 24000
        @(Import-Csv -LiteralPath (Join-Path -Path $reports -ChildPath '111122223333-results.csv')).Count | Should -Be 49
        @(Import-Csv -LiteralPath (Join-Path -Path $reports -ChildPath '111122223333-findings.csv')).Count | Should -BeGreaterThan 0
        'results', 'findings' | ForEach-Object -Process { Assert-Report (Join-Path -Path $reports -ChildPath "111122223333-$_.csv") }
    }

    It 'ends with 0 when nothing fails, and writes findings that have a header only' {
        $run = Invoke-Document @{ ReportPath = $reports; Program = New-PassingProgram }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $file = Join-Path -Path $reports -ChildPath '111122223333-findings.csv'
        Assert-Report $file
        @(Import-Csv -LiteralPath $file).Count | Should -Be 0
    }

    It 'keeps the evidence in the store' {
        $run = Invoke-Document @{ ReportPath = $reports; Program = New-PassingProgram; Store = 's3://norrvik-audit-trail/cis' }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $back = Join-Path -Path $TestDrive -ChildPath 'back'
        $files = @(Copy-CisEvidence -Path s3://norrvik-audit-trail/cis -Destination $back -PassThru)
        @($files -like '*.cisevidence').Count | Should -Be 1
        Test-CisEvidence -LiteralPath ($files -like '*.cisevidence') -Quiet | Should -BeTrue
    }

    It 'ends with 1 and an error when AWS rejects the key' {
        $run = Invoke-Document @{ ReportPath = $reports } @{ AWS_SECRET_ACCESS_KEY = 'wrong' }
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match 'rejected the credentials'
        $run.Error | Should -Match 'Recommended action: \S'
    }

    It 'takes <Name> <Value>' -ForEach @(
        @{ Name = 'RoleArn'; Value = 'arn:aws-cn:iam::111122223333:role/audit/CisAuditor' }
        @{ Name = 'ExternalId'; Value = 'norrvik-cis' }
        @{ Name = 'Region'; Value = 'eu-west-1,us-east-1' }
        @{ Name = 'Program'; Value = 'C:\Program Files\CisAws\norrvik.json' }
        @{ Name = 'ReportPath'; Value = '/srv/cis reports' }
        @{ Name = 'S3Uri'; Value = 's3://norrvik-audit/cis' }
        @{ Name = 'Store'; Value = 's3://norrvik-audit/cis' }
    ) {
        $lines = Get-Content -LiteralPath $document -Raw
        [void] ($lines -match "(?m)^  ${Name}:\n(?:    .*\n)*?    allowedPattern: '(.+)'$")
        $pattern = $Matches[1]
        $Value | Should -Match $pattern
        '' | Should -Match $pattern
        foreach ($end in "'", [string] [char] 0x2019, "`n", ';', '$') {
            "$Value${end}x" | Should -Not -Match $pattern -Because 'it could end the text it is put into'
        }
    }
}

Describe 'The GitHub workflow' {
    It 'ends with 2, with a table and reports' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        $file = Join-Path -Path $TestDrive -ChildPath 'assess.ps1'
        $table = Join-Path -Path $TestDrive -ChildPath 'summary.md'
        $workflow = Join-Path -Path $examples -ChildPath 'GitHubAction/cis-assessment.yml'
        $arguments = @(Get-Content -LiteralPath $workflow) -match '^\s*shell: pwsh' -replace '^\s*shell: pwsh '
        # The runner puts the first line before a step's text. The second makes reasons of what could break a table.
        Set-Content -LiteralPath $file -Value @(
            '$ErrorActionPreference = ''stop'''
            'function Invoke-CisAssessment { CisAws\Invoke-CisAssessment @args | Add-Member -NotePropertyName Reason -NotePropertyValue "a|b`n<i>c_d" -Force -PassThru }'
            Get-BlockText $workflow 'Assess'
        )
        $run = Invoke-CommandLine $shell ($arguments -f "`"$file`"") @{ GITHUB_STEP_SUMMARY = $table; CISAWS_PROGRAM = 'cis-aws-1.2.0' }
        $run.ExitCode | Should -Be 2 -Because "$($run.Output)$($run.Error)"

        $lines = Get-Content -LiteralPath $table
        $rows = @($lines -match '^\| [\d.]+ \|')
        $rows.Count | Should -BeGreaterThan 10
        $rows | ForEach-Object -Process { $_ | Should -BeLike '*| a\|b &lt;i>c\_d |' }
        @(Import-Csv -LiteralPath (Join-Path -Path $TestDrive -ChildPath 'reports/results.csv')).Count | Should -Be 49
        @(Import-Csv -LiteralPath (Join-Path -Path $TestDrive -ChildPath 'reports/findings.csv')).Count | Should -BeGreaterThan 0
        'results', 'findings' | ForEach-Object -Process { Assert-Report (Join-Path -Path $TestDrive -ChildPath "reports/$_.csv") }
    }
}
