<#
.SYNOPSIS
Runs the scripts of this folder as an AWS Lambda function: a custom runtime.

.DESCRIPTION
Gets an event from the Lambda runtime API, runs the script that the event names, and returns the script's last line of output, which
is JSON. This is repeated until Lambda ends the process. An error of a script is the error of the invocation: its type is the error
ID, such as RoleNotAssumed, and its message contains the recommended action.

An event names one of the scripts and its parameters:
{ "Task": "Invoke-CisWorkItem", "Parameters": { "AccountId": "111122223333", "Store": "s3://norrvik-audit/cis" } }

.PARAMETER RuntimeApi
The host and port of the runtime API. Lambda sets the environment variable.

.PARAMETER TaskFolder
The folder of the scripts.

.EXAMPLE
pwsh -NoProfile -File Start-LambdaRuntime.ps1

This is the entry point of the container image.
#>
[CmdletBinding()]
param(
    [string] $RuntimeApi = $env:AWS_LAMBDA_RUNTIME_API,

    [string] $TaskFolder = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# An event cannot run anything else.
$tasks = 'Export-CisAccountList', 'Invoke-CisWorkItem', 'Invoke-CisEvaluation'
$api = "http://$RuntimeApi/2018-06-01/runtime"

function Send-Json([string] $Path, [string] $Json, [hashtable] $Headers = @{}) {
    # Bytes: text would be sent in another encoding.
    [void] (Invoke-RestMethod -Method Post -Uri "$api/$Path" -Body ([Text.Encoding]::UTF8.GetBytes($Json)) -ContentType 'application/json' -Headers $Headers)
}

function Send-Failure([string] $Path, [Management.Automation.ErrorRecord] $Failure) {
    # An error that is thrown as text has the text as its ID.
    $id = ($Failure.FullyQualifiedErrorId -split ',')[0]
    $type = if ($id -match '^\w+$') { $id } else { $Failure.Exception.GetType().Name }
    $action = if ($Failure.ErrorDetails.RecommendedAction) { " Recommended action: $($Failure.ErrorDetails.RecommendedAction)" }
    Send-Json $Path (ConvertTo-Json -Compress -InputObject @{ errorType = $type; errorMessage = "$($Failure.Exception.Message)$action" }) @{
        'Lambda-Runtime-Function-Error-Type' = $type
    }
}

try {
    # Here, so that its time is that of the start and not of the first event.
    Import-Module -Name CisAws
}
catch {
    Send-Failure 'init/error' $_
    throw
}

while ($true) {
    # Waits for the next event; Lambda stops the process meanwhile.
    $invocation = Invoke-WebRequest -UseBasicParsing -Uri "$api/invocation/next" -TimeoutSec 0
    $id = "$($invocation.Headers['Lambda-Runtime-Aws-Request-Id'])"
    try {
        $received = ConvertFrom-Json -InputObject ([Text.Encoding]::UTF8.GetString($invocation.RawContentStream.ToArray()))
        if ($received.Task -notin $tasks) {
            throw "'$($received.Task)' is not a task. The tasks are: $($tasks -join ', ')."
        }

        $parameters = @{}
        foreach ($property in $received.Parameters.PSObject.Properties) { $parameters[$property.Name] = $property.Value }
        $output = @(& (Join-Path -Path $TaskFolder -ChildPath "$($received.Task).ps1") @parameters)
        $answer = $output[-1]
    }
    catch {
        Write-Warning -Message "$_"
        Send-Failure "invocation/$id/error" $_
        continue
    }

    # The log of the function.
    Write-Information -MessageData $answer -InformationAction Continue
    Send-Json "invocation/$id/response" $answer
}
