# The source of the module's manifest. The build copies it to out/CisAws, where the paths in it are true; import that one.
@{
    RootModule             = 'CisAws.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f0c2a0e-6d1f-4a43-9c8e-2b7b3b0f6c11'
    Author                 = 'The CisAws authors'
    CompanyName            = 'CisAws'
    Copyright              = 'Copyright (c) the CisAws authors. Apache-2.0.'
    Description            = 'Assesses AWS accounts against the CIS Amazon Web Services Foundations Benchmark (v1.2.0, v1.4.0, v3.0.0, v5.0.0, v7.0.0) and against your own compliance programs. Returns objects to filter, group and export: Invoke-CisAssessment | Where-Object Status -eq Fail. Only reads. Anything that could not be read is Unknown, with the reason.'

    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'

    TypesToProcess         = @('CisAws.Types.ps1xml')
    FormatsToProcess       = @('CisAws.Format.ps1xml')

    CmdletsToExport        = @(
        'Compare-CisAssessment'
        'Compare-CisMetricFilter'
        'Compare-CisProgram'
        'ConvertFrom-CisJson'
        'ConvertTo-CisJson'
        'ConvertTo-CisReport'
        'Copy-CisEvidence', 'Copy-CisProgram'
        'Export-CisEvidence'
        'Export-CisProgram'
        'Export-CisReport'
        'Get-CisAccount'
        'Get-CisControl'
        'Get-CisEvidence'
        'Get-CisFinding'
        'Get-CisPolicy'
        'Get-CisProgram'
        'Get-CisProgramProblem'
        'Get-CisTrend'
        'Import-CisActionPlan'
        'Import-CisAttestation'
        'Import-CisEvidence'
        'Import-CisProgram'
        'Invoke-CisAssessment'
        'Measure-CisAssessment'
        'New-CisAttestation'
        'New-CisExemption'
        'New-CisProgram'
        'Remove-CisEvidence'
        'Remove-CisProgram'
        'Select-CisEvent'
        'Send-CisFinding'
        'Set-CisProgram'
        'Test-CisAccess'
        'Test-CisEvidence'
        'Test-CisMetricFilter'
        'Test-CisProgram'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('AWS', 'CIS', 'Benchmark', 'Compliance', 'Security', 'Audit', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/CisAws/CisAws'
            LicenseUri   = 'https://github.com/CisAws/CisAws/blob/main/LICENSE'
            ReleaseNotes = 'https://github.com/CisAws/CisAws/blob/main/CHANGELOG.md'
        }
    }
}
