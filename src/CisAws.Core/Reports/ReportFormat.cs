namespace CisAws.Reports;

/// <summary>The format of a report.</summary>
public enum ReportFormat : long
{
    /// <summary>Comma-separated values (RFC 4180), one row a finding: for spreadsheets and databases.</summary>
    Csv,

    /// <summary>One HTML file that needs nothing else, not even a network: for people, on the screen and on paper.</summary>
    Html,
}
