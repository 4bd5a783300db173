# One manifest, two editions: .NET for PowerShell 7, .NET Framework for Windows PowerShell.
$framework = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
Import-Module -Name ([WildcardPattern]::Escape("$PSScriptRoot/bin/$framework/CisAws.PowerShell.dll"))
