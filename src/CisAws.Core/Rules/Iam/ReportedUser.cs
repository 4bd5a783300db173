using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>The columns of the credential report that rules read.</summary>
internal static class ReportColumn
{
    public const string User = "user";
    public const string Arn = "arn";
    public const string UserCreationTime = "user_creation_time";
    public const string PasswordEnabled = "password_enabled";
    public const string PasswordLastUsed = "password_last_used";
    public const string PasswordLastChanged = "password_last_changed";
    public const string MfaActive = "mfa_active";
    public const string AccessKey1Active = "access_key_1_active";
    public const string AccessKey1LastRotated = "access_key_1_last_rotated";
    public const string AccessKey1LastUsed = "access_key_1_last_used_date";
    public const string AccessKey2Active = "access_key_2_active";
    public const string AccessKey2LastRotated = "access_key_2_last_rotated";
    public const string AccessKey2LastUsed = "access_key_2_last_used_date";
}

/// <summary>What a cell says that should hold a time: a time, that there is none, or nothing that could be understood.</summary>
internal sealed record ReportedTime(DateTimeOffset? Time, bool IsReadable)
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>True when the report says that there is no such time: never used, no such credential.</summary>
    public bool IsNone => IsReadable && Time is null;

    /// <summary>Reads a cell; null for a cell that is not there.</summary>
    public static ReportedTime Parse(string? cell)
    {
        if (cell is not null && CredentialReport.IsNone(cell))
        {
            return new ReportedTime(null, true);
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(cell, Formats, CultureInfo.InvariantCulture, utc, out var time)
            ? new ReportedTime(time, true)
            : new ReportedTime(null, false);
    }
}

/// <summary>A user's row in the credential report.</summary>
internal sealed class ReportedUser
{
    private readonly IReadOnlyList<string> _cells;

    public ReportedUser(CredentialReportReader report, IReadOnlyList<string> cells, int row)
    {
        Report = report;
        _cells = cells;
        var name = report.Cell(cells, ReportColumn.User) ?? "";
        IsRoot = name == CredentialReport.RootName;
        if (cells.Count != report.ColumnCount)
        {
            // With a cell too many or too few no cell can be trusted, the user's name and ARN among them.
            Problem = $"row {row} of the credential report ('{name}') has {Quantity.Of(cells.Count, "field")} instead of {report.ColumnCount}";
            Resource = new CisResource("AWS::IAM::User", $"row {row}", "", "");
        }
        else
        {
            Resource = new CisResource("AWS::IAM::User", name, report.ArnOf(name, report.Cell(cells, ReportColumn.Arn)), "");
        }
    }

    /// <summary>The report the row is in.</summary>
    public CredentialReportReader Report { get; }

    /// <summary>True for the root user, who does not count as an IAM user.</summary>
    public bool IsRoot { get; }

    /// <summary>Why the row cannot be read at all, as a clause; null when it can.</summary>
    public string? Problem { get; }

    /// <summary>The user.</summary>
    public CisResource Resource { get; }

    /// <summary>What the report says of access keys and certificates that it does not show; null when it shows all.</summary>
    public string? MoreCredentials => Text(CredentialReport.AdditionalCredentials) is { } cell && !CredentialReport.IsNone(cell) ? cell : null;

    /// <summary>The password, as a resource of its own.</summary>
    public CisResource Password => Resource with { Type = "AWS::IAM::LoginProfile", Id = Resource.Id + "/password" };

    /// <summary>Both slots for access keys. Which comes first says nothing about which key is older.</summary>
    public IReadOnlyList<AccessKeySlot> AccessKeys =>
    [
        new(this, "access_key_1", ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated, ReportColumn.AccessKey1LastUsed),
        new(this, "access_key_2", ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated, ReportColumn.AccessKey2LastUsed),
    ];

    /// <summary>True, false, or null when the cell says neither.</summary>
    public bool? Boolean(string column) => Report.Cell(_cells, column)?.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        _ => null,
    };

    public ReportedTime Time(string column) => ReportedTime.Parse(Report.Cell(_cells, column));

    /// <summary>What the report says in a column, for a Reason: <c>mfa_active is 'maybe'</c>.</summary>
    public string Says(string column) => Report.Cell(_cells, column) is { } text ? $"{column} is '{text}'" : $"there is no {column}";

    /// <summary>What the report says in a column, as a fact.</summary>
    public CisFact Fact(string column) => new(column, Report.Cell(_cells, column) ?? "(missing)");

    /// <summary>The cell as it is; null when there is none.</summary>
    public string? Text(string column) => Report.Cell(_cells, column);
}

/// <summary>One of the two access keys a user can have.</summary>
internal sealed record AccessKeySlot(ReportedUser User, string Name, string ActiveColumn, string LastRotatedColumn, string LastUsedColumn)
{
    /// <summary>The key: the report does not contain its ID, so it is named by its slot.</summary>
    public CisResource Resource => User.Resource with { Type = "AWS::IAM::AccessKey", Id = $"{User.Resource.Id}/{Name}" };

    /// <summary>Whether the key can be used; null when the report does not say. An expired key cannot.</summary>
    public bool? IsActive => string.Equals(User.Text(ActiveColumn), "Expired", StringComparison.OrdinalIgnoreCase) ? false : User.Boolean(ActiveColumn);

    /// <summary>The key at the start of a sentence: <c>Access key 1</c>.</summary>
    public string Title => $"Access key {Name.Substring(Name.Length - 1)}";

    /// <summary>When the key was created; AWS documents it as the last rotation, but a key is rotated by creating a new one.</summary>
    public ReportedTime LastRotated => User.Time(LastRotatedColumn);

    public ReportedTime LastUsed => User.Time(LastUsedColumn);

    /// <summary>True when the slot shows the key: by when it was created, since the report does not contain its ID.</summary>
    public bool Shows(AccessKey key) => LastRotated.Time is { } created && (created - key.CreateDate).Duration() < TimeSpan.FromSeconds(1);

    /// <summary>
    /// True when the slot holds no key. An inactive key keeps the time it was created (the guide says N/A), so an inactive
    /// slot with no such time is empty.
    /// </summary>
    public bool IsEmpty => IsActive == false && LastRotated.IsNone;
}
