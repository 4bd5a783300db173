# For Invoke-ScriptAnalyzer, and for editors, which look for a file of this name.
@{
    Severity     = @('Error', 'Warning')
    # Pester's blocks share variables in a way that the rule cannot see.
    ExcludeRules = @('PSUseDeclaredVarsMoreThanAssignments')
    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.0')
        }
    }
}
