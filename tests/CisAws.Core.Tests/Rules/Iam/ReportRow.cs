using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>A row of a credential report for a test: a user without password and keys, unless told otherwise.</summary>
internal sealed record ReportRow(string User = "alice")
{
    public const string None = "N/A";

    private static readonly string[] Header =
    [
        "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed", "password_next_rotation",
        "mfa_active", "access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_1_last_used_region",
        "access_key_1_last_used_service", "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date",
        "access_key_2_last_used_region", "access_key_2_last_used_service", "cert_1_active", "cert_1_last_rotated", "cert_2_active",
        "cert_2_last_rotated",
    ];

    public string Arn { get; init; } = $"arn:aws:iam::{RuleTester.AccountId}:user/{User}";

    public string Created { get; init; } = "2020-01-01T00:00:00+00:00";

    public string Password { get; init; } = "false";

    public string PasswordUsed { get; init; } = None;

    public string PasswordChanged { get; init; } = None;

    public string Mfa { get; init; } = "false";

    public string Key1 { get; init; } = "false";

    public string Key1Rotated { get; init; } = None;

    public string Key1Used { get; init; } = None;

    public string Key2 { get; init; } = "false";

    public string Key2Rotated { get; init; } = None;

    public string Key2Used { get; init; } = None;

    /// <summary>The root user of an account that never used it.</summary>
    public static ReportRow Root { get; } = new("<root_account>") { Arn = $"arn:aws:iam::{RuleTester.AccountId}:root" };

    private string[] Cells =>
    [
        User, Arn, Created, Password, PasswordUsed, PasswordChanged, None, Mfa, Key1, Key1Rotated, Key1Used, None, None,
        Key2, Key2Rotated, Key2Used, None, None, "false", None, "false", None,
    ];

    /// <summary>A time as the report writes it, so long before the run.</summary>
    public static string Ago(double days) => At(RuleTester.Now - TimeSpan.FromDays(days));

    /// <summary>A time as the report writes it.</summary>
    public static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A report made half an hour before the run.</summary>
    public static CredentialReport Report(params ReportRow[] rows) =>
        new(RuleTester.Now - TimeSpan.FromMinutes(30), Header, rows.Select(IReadOnlyList<string> (r) => r.Cells).ToList());

    /// <summary>An account of which only the report is known.</summary>
    public static AccountEvidence Evidence(params ReportRow[] rows) => RuleTester.NewEvidence().Set(EvidenceKinds.CredentialReport, "", Report(rows));
}

/// <summary>What goes wrong with reports.</summary>
internal static class Reports
{
    public static CredentialReport Without(this CredentialReport report, string column)
    {
        var index = report.Columns.ToList().IndexOf(column);
        Assert.True(index >= 0, $"The report has no column {column} to take away.");
        return report with { Columns = Drop(report.Columns, index), Rows = report.Rows.Select(r => Drop(r, index)).ToList() };
    }

    public static CredentialReport WithColumnFirst(this CredentialReport report, string column, string cell) => report with
    {
        Columns = [column, .. report.Columns],
        Rows = report.Rows.Select(IReadOnlyList<string> (r) => [cell, .. r]).ToList(),
    };

    /// <summary>The same report with a cell of additional_credentials_info for each row.</summary>
    public static CredentialReport WithMore(this CredentialReport report, params string[] cells) => report with
    {
        Columns = [.. report.Columns, "additional_credentials_info"],
        Rows = report.Rows.Select(IReadOnlyList<string> (r, i) => [.. r, cells[i]]).ToList(),
    };

    public static CredentialReport WithRow(this CredentialReport report, params string[] cells) => report with { Rows = [.. report.Rows, cells] };

    private static IReadOnlyList<string> Drop(IReadOnlyList<string> cells, int index) => cells.Where((_, i) => i != index).ToList();
}
