# Another AWSSDK.Core in the same session, as AWS Tools bring one. Its assembly version says nothing: it is the same through a
# whole major. PowerShell 7 keeps the two apart; Windows PowerShell cannot, and the module says so.
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $oneForAll = $PSVersionTable.PSEdition -eq 'Desktop'
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    $emulator = Start-CisEmulator
    $environment = @{
        AWS_ENDPOINT_URL      = $emulator.EndpointUrl
        AWS_ACCESS_KEY_ID     = $emulator.AccessKey
        AWS_SECRET_ACCESS_KEY = $emulator.SecretKey
        NO_COLOR              = '1'
    }

    # A new session that makes the other assembly and loads it first: what is loaded cannot be taken out again.
    $other = Join-Path -Path $TestDrive -ChildPath 'AWSSDK.Core.dll'
    $script = Join-Path -Path $TestDrive -ChildPath 'assess.ps1'
    Set-Content -LiteralPath $script -Value @"
`$other = '$other'
`$manifest = '$(Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1')'
"@, @'
$code = '[assembly: System.Reflection.AssemblyVersion("4.0.0.0")] [assembly: System.Reflection.AssemblyFileVersion("4.0.0.1")] ' +
    'namespace Amazon.Runtime { public class Other { } }'
if ($PSVersionTable.PSEdition -eq 'Desktop') {
    Add-Type -TypeDefinition $code -OutputAssembly $other
}
else {
    # Its Add-Type gives the file the name that it is told, and the assembly in it another. This is the compiler beneath.
    Add-Type -AssemblyName Microsoft.CodeAnalysis.CSharp
    $compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
        'AWSSDK.Core',
        [Microsoft.CodeAnalysis.SyntaxTree[]] [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($code),
        [Microsoft.CodeAnalysis.MetadataReference[]] [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location),
        [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary'))
    $file = [System.IO.File]::Create($other)
    $null = $compilation.Emit($file)
    $file.Dispose()
}

'Other: ' + [System.Reflection.Assembly]::LoadFrom($other).GetName().Name
Import-Module -Name $manifest
@(Get-CisControl).Count
try {
    'Status: ' + (Invoke-CisAssessment -ControlId '1.9').Status
}
catch {
    'Error: ' + $_.FullyQualifiedErrorId
    'Message: ' + $_
}

[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' } | ForEach-Object { 'Loaded: ' + $_.Location }
'@
    $said = Invoke-InNewShell -File $script -Environment $environment
}

AfterAll {
    Stop-CisEmulator $emulator
}

Describe 'An AWSSDK.Core that was loaded first' {
    It 'keeps nobody from importing the module and from what needs no AWS' {
        $said.ErrorOutput | Should -BeNullOrEmpty
        $said.Output | Should -Contain 'Other: AWSSDK.Core'
        $said.Output | Should -Contain '49'
    }

    It 'does not meet the module''s own in PowerShell 7' -Skip:$oneForAll {
        $said.Output | Should -Contain 'Status: Pass'
        $loaded = @($said.Output -match '^Loaded: ' -replace '^Loaded: ')
        $loaded | Should -HaveCount 2
        $loaded -match '[\\/]CisAws[\\/]bin[\\/]net8\.0[\\/]aws[\\/]' | Should -HaveCount 1
    }

    It 'is refused in Windows PowerShell where it is older, with what to do about it' -Skip:(-not $oneForAll) {
        $said.Output | Should -Contain 'Error: InvalidOption,CisAws.PowerShell.Commands.InvokeCisAssessmentCommand'
        # However long the lines of this shell are.
        $message = ($said.Output -join '') -replace '\s'
        $message | Should -Match 'alreadyloadedAWSSDK\.Core4\.0\.0\.1from'
        $message | Should -Match 'AWSSDK\.Core\.dll,andCisAwsneeds'
        $message | Should -Match 'StartanewsessionandrunCisAwsbeforeAWSTools'
    }
}
