# What the suites share. Dot-source it in BeforeAll.

$repository = Split-Path -Path $PSScriptRoot -Parent
$moduleFolder = [System.IO.Path]::GetFullPath((Join-Path -Path $repository -ChildPath 'out/CisAws'))

<#
.SYNOPSIS
Imports the module as it was laid out in out/CisAws.
#>
function Import-CisModule {
    $manifest = Join-Path -Path $moduleFolder -ChildPath 'CisAws.psd1'
    if (-not (Test-Path -LiteralPath $manifest)) {
        throw "There is no module in $moduleFolder. Lay it out first: dotnet build"
    }

    # Its name is a wildcard.
    Import-Module -Name ([WildcardPattern]::Escape($manifest)) -Force
}

<#
.SYNOPSIS
Starts the emulator with the demo account, on a free port of this machine, and tells how to reach it.

.OUTPUTS
An object with EndpointUrl, AccessKey, SecretKey, the Account to splat into Invoke-CisAssessment, and the Process, for
Stop-CisEmulator.
#>
function Start-CisEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'There is nothing to ask about.')]
    param()

    $emulator = 'Debug', 'Release' |
        ForEach-Object { Join-Path -Path $repository -ChildPath "src/CisAws.Emulator/bin/$_/net10.0/CisAws.Emulator.dll" } |
        Where-Object { Test-Path -LiteralPath $_ } |
        Select-Object -First 1
    if (-not $emulator) {
        throw "The emulator is not built in $repository. Build it first: dotnet build"
    }

    if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
        throw 'The emulator needs dotnet, and it is not on the path. Install the .NET SDK 10, or its runtime for ASP.NET Core.'
    }

    $process = New-Object -TypeName System.Diagnostics.Process
    $process.StartInfo.FileName = 'dotnet'
    $process.StartInfo.Arguments = "`"$emulator`" `"$(Join-Path -Path $repository -ChildPath 'module/demo/account.json')`""
    $process.StartInfo.RedirectStandardOutput = $true
    $process.StartInfo.UseShellExecute = $false
    [void] $process.Start()

    # It prints one line for each environment variable that points at it, and goes on.
    $variables = @{}
    $names = 'AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'
    while (@($names | Where-Object { -not $variables.ContainsKey($_) }).Count -gt 0) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) {
            $process.WaitForExit()
            throw "The emulator ended with exit code $($process.ExitCode) before it said where it is. See for yourself: dotnet $($process.StartInfo.Arguments)"
        }

        if ($line -match "(AWS_\w+)\s*=\s*'([^']+)'") {
            $variables[$Matches[1]] = $Matches[2]
        }
    }

    $account = @{
        EndpointUrl = $variables['AWS_ENDPOINT_URL']
        AccessKey   = $variables['AWS_ACCESS_KEY_ID']
        SecretKey   = $variables['AWS_SECRET_ACCESS_KEY']
    }
    [pscustomobject] @{
        EndpointUrl = $account.EndpointUrl
        AccessKey   = $account.AccessKey
        SecretKey   = $account.SecretKey
        # What the demo account does not allow is warned about each time.
        Account     = $account + @{ WarningAction = 'SilentlyContinue' }
        Process     = $process
    }
}

<#
.SYNOPSIS
Ends a process, if it has not ended yet.
#>
function Stop-ChildProcess {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'There is nothing to ask about.')]
    param(
        [Parameter(Mandatory, Position = 0)]
        [System.Diagnostics.Process] $Process
    )

    try {
        $Process.Kill()
    }
    catch [InvalidOperationException], [System.ComponentModel.Win32Exception] {
        Write-Debug -Message "It has ended already: $_"
    }

    $Process.WaitForExit()
    $Process.Dispose()
}

<#
.SYNOPSIS
Ends an emulator of Start-CisEmulator. One that never started is fine.
#>
function Stop-CisEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'There is nothing to ask about.')]
    param(
        [Parameter(Position = 0)]
        [AllowNull()]
        $Emulator
    )

    if ($Emulator) {
        Stop-ChildProcess $Emulator.Process
    }
}

<#
.SYNOPSIS
Runs a script file, or a command, in a new process of the shell that this is, as a scheduled task would.

.OUTPUTS
An object with the lines of Output and of ErrorOutput, and the ExitCode.
#>
function Invoke-InNewShell {
    [CmdletBinding(DefaultParameterSetName = 'Command')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Command', Position = 0)]
        [string] $Command,

        [Parameter(Mandatory, ParameterSetName = 'File')]
        [string] $File,

        # Variables of its environment; with $null the variable is taken out.
        [hashtable] $Environment = @{}
    )

    $what = if ($File) { '-File', $File } else { '-Command', $Command }
    $shell = (Get-Process -Id $PID).Path
    # PowerShell as a tool of .NET is a library that dotnet runs.
    $library = if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { Join-Path -Path $PSHOME -ChildPath 'pwsh.dll' }
    $arguments = @($library; '-NoProfile'; '-NonInteractive'; '-ExecutionPolicy'; 'Bypass'; $what) | Where-Object { $_ }

    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $shell
    # As the C runtime takes them apart: .NET Framework has no list of arguments.
    $start.Arguments = ($arguments | ForEach-Object { '"' + ($_ -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"' }) -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($name in $Environment.Keys) {
        $start.EnvironmentVariables.Remove($name)
        if ($null -ne $Environment[$name]) {
            $start.EnvironmentVariables.Add($name, $Environment[$name])
        }
    }

    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject] @{
            Output      = @($output -split '\r?\n' | Where-Object { $_ })
            ErrorOutput = @($errors.Result -split '\r?\n' | Where-Object { $_ })
            ExitCode    = $process.ExitCode
        }
    }
    finally {
        Stop-ChildProcess $process
    }
}
