# The remediation's commands for AWS Tools that change a bucket policy, with functions in place of the cmdlets of AWS Tools.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Import-CisModule

    # Runs the commands about the policy, and returns the policy that they write; $null where they write none.
    function Get-WrittenPolicy([string] $ControlId, [scriptblock] $GetPolicy) {
        $script:written = $null
        function Get-S3BucketPolicy { & $GetPolicy }
        function Write-S3BucketPolicy([string] $BucketName, [string] $Policy) {
            if ($Policy -eq 'null') { throw "MalformedPolicy: $BucketName" }
            $script:written = $Policy
        }
        foreach ($command in (Get-CisControl -Id $ControlId).Remediation.PowerShell -match '\$policy') {
            try { . ([scriptblock]::Create($command)) } catch { Write-Verbose -Message "$_" }
        }

        if ($script:written) { $script:written | ConvertFrom-Json }
    }
}

AfterAll { Remove-Module -Name CisAws -ErrorAction SilentlyContinue }

Describe 'The bucket policy of control <_>' -ForEach '2.5', '2.6' {
    It 'keeps its statements, whether there is one or there are several' {
        $one = Get-WrittenPolicy $_ { '{"Version":"2012-10-17","Statement":{"Sid":"Own","Effect":"Deny"}}' }
        $one.Statement[0].Sid | Should -Be 'Own'
        $one.Statement.Effect | Should -Contain 'Allow'
        $two = Get-WrittenPolicy $_ { '{"Version":"2012-10-17","Statement":[{"Sid":"A"},{"Sid":"B"}]}' }
        $two.Statement[0, 1].Sid | Should -Be 'A', 'B'
        $two.Statement.Count | Should -Be ($one.Statement.Count + 1)
    }

    It 'is a new one where the bucket has none, which AWS Tools show as the text of the error, or as an error' {
        $text = Get-WrittenPolicy $_ { '<Error><Code>NoSuchBucketPolicy</Code></Error>' }
        $text.Version | Should -Be '2012-10-17'
        $text.Statement.Effect | Select-Object -Unique | Should -Be 'Allow'
        (Get-WrittenPolicy $_ { throw 'The bucket policy does not exist' }).Version | Should -Be '2012-10-17'
    }

    It 'is not written where it could not be read' {
        $policy = [pscustomobject] @{ Statement = @() }   # Of another bucket, from before.
        Get-WrittenPolicy $_ { throw 'Access Denied' } | Should -BeNullOrEmpty
        $policy.Statement | Should -BeNullOrEmpty
    }
}
