namespace CisAws.Reports;

/// <summary>The format of a report.</summary>
public enum ReportFormat : long
{
    /// <summary>Comma-separated values (RFC 4180), one row a finding: for spreadsheets and databases.</summary>
    Csv,

    /// <summary>One HTML file that needs nothing else, not even a network: for people, on the screen and on paper.</summary>
    Html,

    /// <summary>Markdown in GitHub's dialect: for the summary of a job, and for comments.</summary>
    Markdown,

    /// <summary>SARIF 2.1.0: for code scanning and its viewers.</summary>
    Sarif,

    /// <summary>JUnit XML: for build servers.</summary>
    JUnit,

    /// <summary>The AWS Security Finding Format: for AWS Security Hub.</summary>
    Asff,

    /// <summary>Compliance Findings of OCSF 1.8: for SIEMs and data lakes.</summary>
    Ocsf,

    /// <summary>Assessment results of NIST OSCAL: for tools of governance and authorization.</summary>
    Oscal,

    /// <summary>The Heimdall Data Format: for Heimdall and the tools of MITRE SAF.</summary>
    Hdf,

    /// <summary>
    /// Comma-separated values, or a workbook if the name of the file ends with .xlsx: one row for each failing finding, with columns for the decision about
    /// it, to fill in and to read with Import-CisActionPlan.
    /// </summary>
    ActionPlan,

    /// <summary>A workbook for Excel and other spreadsheets: summary, controls, findings, and what could not be seen.</summary>
    Xlsx,
}
