<#
.SYNOPSIS
Writes the module's public surface, one line a thing: cmdlets, their parameters, and the types they take and give.

.DESCRIPTION
Somebody's script relies on each of these lines. They are the same in every edition of PowerShell, and held in surface.txt
beside this file. Only what the engine has by itself is used, so that a runspace without PowerShell's modules can run it.
#>
[CmdletBinding()]
[OutputType([string])]
param()

$lines = [System.Collections.Generic.List[string]]::new()
$seen = [System.Collections.Generic.HashSet[string]]::new()

function Get-TypeText([type] $Type) {
    if ($Type.IsArray) {
        return (Get-TypeText $Type.GetElementType()) + '[]'
    }

    $name = if ($Type.Namespace -in 'System', 'System.Management.Automation') { $Type.Name } else { $Type.Namespace + '.' + $Type.Name }
    if (-not $Type.IsGenericType) {
        return $name
    }

    $arguments = foreach ($argument in $Type.GetGenericArguments()) { Get-TypeText $argument }
    return $name.Substring(0, $name.IndexOf('`')) + '[' + ($arguments -join ', ') + ']'
}

# How a parameter is used, in each set that has it.
function Get-UseText($Parameter) {
    $texts = @(foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
        $use = $set.Value
        $words = @(
            if ($set.Key -ne '__AllParameterSets') { 'set ' + $set.Key }
            if ($use.IsMandatory) { 'mandatory' }
            if ($use.Position -ge 0) { 'position ' + $use.Position }
            if ($use.ValueFromPipeline) { 'by value' }
            if ($use.ValueFromPipelineByPropertyName) { 'by property name' }
        )
        if ($words.Count -gt 0) { '; ' + ($words -join ', ') }
    })

    # The sets come out of a dictionary.
    $sorted = [System.Collections.Generic.List[string]] $texts
    $sorted.Sort([StringComparer]::Ordinal)
    return -join $sorted
}

# Adds a type of the module's, and those that its elements and properties lead to.
function Add-TypeLine([type] $Type) {
    if ($Type.IsArray) {
        Add-TypeLine $Type.GetElementType()
        return
    }

    foreach ($argument in $Type.GetGenericArguments()) {
        Add-TypeLine $argument
    }

    if ($Type.IsGenericType -or $Type.Namespace -notmatch '^CisAws(\.|$)' -or -not $seen.Add($Type.FullName)) {
        return
    }

    if ($Type.IsEnum) {
        $lines.Add($Type.FullName + ' = ' + ([Enum]::GetNames($Type) -join ', '))
        return
    }

    $elements = foreach ($interface in $Type.GetInterfaces()) {
        if ($interface.Name -eq 'IEnumerable`1') { $interface.GetGenericArguments()[0] }
    }

    if ($elements) {
        $lines.Add($Type.FullName + ' of ' + (Get-TypeText $elements))
        Add-TypeLine $elements
        return
    }

    $lines.Add($Type.FullName)
    foreach ($property in $Type.GetProperties([System.Reflection.BindingFlags] 'Public, Instance')) {
        # What a class of .NET passes on is no promise of the module's, and differs by edition.
        if ($property.DeclaringType.Namespace -notmatch '^CisAws(\.|$)') { continue }
        $lines.Add($Type.FullName + '.' + $property.Name + ' [' + (Get-TypeText $property.PropertyType) + ']')
        Add-TypeLine $property.PropertyType
    }
}

foreach ($command in Get-Command -Module CisAws) {
    if ($command.CommandType -ne 'Cmdlet') {
        $lines.Add("$($command.CommandType) $($command.Name)")
        continue
    }

    $outputs = foreach ($output in $command.OutputType) {
        Get-TypeText $output.Type
        Add-TypeLine $output.Type
    }

    $default = if ($command.DefaultParameterSet -and $command.DefaultParameterSet -ne '__AllParameterSets') { '; default set ' + $command.DefaultParameterSet }
    $lines.Add($command.Name + ' -> ' + $(if ($outputs) { $outputs -join ', ' } else { 'nothing' }) + $default)
    foreach ($parameter in $command.Parameters.Values) {
        # Those that every cmdlet has differ by edition.
        if (-not [System.Management.Automation.PSCmdlet]::CommonParameters.Contains($parameter.Name)) {
            $aliases = if ($parameter.Aliases.Count -gt 0) { ' alias ' + ($parameter.Aliases -join ', ') }
            $lines.Add($command.Name + ' -' + $parameter.Name + ' [' + (Get-TypeText $parameter.ParameterType) + ']' + $aliases + (Get-UseText $parameter))
            Add-TypeLine $parameter.ParameterType
        }
    }
}

$lines.Sort([StringComparer]::Ordinal)
$lines
