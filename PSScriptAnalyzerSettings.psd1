# For Invoke-ScriptAnalyzer, and for editors, which look for a file of this name.
@{
    # Without ParseError it would pass over a script that does not parse.
    Severity     = @('ParseError', 'Error', 'Warning')
    # Pester's blocks share variables in a way that the rule cannot see.
    ExcludeRules = @('PSUseDeclaredVarsMoreThanAssignments')
    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.0')
        }
    }
}
