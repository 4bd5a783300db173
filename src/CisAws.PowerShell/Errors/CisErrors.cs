using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.PowerShell.Connections;
using CisAws.PowerShell.Controls;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Text;

namespace CisAws.PowerShell.Errors;

/// <summary>Makes every error record: a stable ID, a fitting category, what happened, and what to do.</summary>
internal static class CisErrors
{
    /// <summary>No control has the ID, or none matches the wildcard.</summary>
    /// <param name="id">The ID or the wildcard.</param>
    /// <param name="known">The controls there are.</param>
    /// <param name="account">The account it was asked for, where it is one of a list.</param>
    public static ErrorRecord UnknownControl(string id, IEnumerable<BenchmarkControl> known, AccountLabel? account = null)
    {
        var ranges = Ranges(known);
        var section = ranges.Find(r => id.StartsWith(r.Section + ".", StringComparison.Ordinal));
        var valid = section.Text ?? string.Join(", ", ranges.Select(r => r.Text));
        return Make(
            new ItemNotFoundException(About(account, $"Control '{id}' was not found. Valid IDs: {valid}.")), "UnknownControl", ErrorCategory.ObjectNotFound, id,
            "Run Get-CisControl to list the controls. Wildcards such as '1.*' are accepted.");
    }

    /// <summary>A section or a service was not found.</summary>
    public static ErrorRecord UnknownWord(string parameter, string word, IReadOnlyCollection<string> known) => Make(
        new ArgumentException(
            $"{parameter} '{word}' was not found." + (Suggestion.Nearest(word, known) is { } nearest ? $" Did you mean '{nearest}'?" : "") +
            $" Valid values: {string.Join(", ", known)}."),
        $"Unknown{parameter}", ErrorCategory.InvalidArgument, word, $"Correct -{parameter}. Wildcards are accepted.");

    /// <summary>An account is not in an organization.</summary>
    public static ErrorRecord NoOrganization(string accountId) => Make(
        new InvalidOperationException($"Account {accountId} is not in an organization, so that there are no other accounts to list."), "NoOrganization",
        ErrorCategory.InvalidOperation, accountId, "Assess it with Invoke-CisAssessment, or use credentials of the management account of an organization.");

    /// <summary>The accounts of an organization cannot be listed.</summary>
    public static ErrorRecord OrganizationNotListed(string accountId, ReadFailure why) => Make(
        new InvalidOperationException($"The accounts of the organization cannot be listed with the credentials of account {accountId}: {why}. {why.Message}".TrimEnd()), "OrganizationNotListed",
        why.IsDenial ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError, accountId,
        "Use credentials of the management account or of a delegated administrator, or list the accounts in a file: Import-Csv accounts.csv | Get-CisAccount. The column is AccountId.");

    /// <summary>The tags of an account cannot be read.</summary>
    public static ErrorRecord TagsNotRead(string accountId, ReadFailure why) => Make(
        new InvalidOperationException($"Account {accountId} is not returned, because its tags are not known: {why}."), "TagsNotRead", ErrorCategory.ReadError, accountId,
        "Allow organizations:ListTagsForResource, or select the accounts without -Tag.");

    /// <summary>A region was not found.</summary>
    public static ErrorRecord UnknownRegion(UnknownRegionException e) =>
        Make(e, "UnknownRegion", ErrorCategory.InvalidArgument, string.Join(", ", e.Unknown), "Correct -Region or the regions of the program, or omit -Region to assess every enabled region.");

    /// <summary>The account cannot be connected to.</summary>
    public static ErrorRecord NoConnection(ConnectionException e, object? target)
    {
        var category = e.Problem switch
        {
            ConnectionProblem.NoCredentials or ConnectionProblem.CredentialsRejected => ErrorCategory.AuthenticationError,
            ConnectionProblem.ProfileNotFound => ErrorCategory.ObjectNotFound,
            ConnectionProblem.RoleNotAssumed => ErrorCategory.PermissionDenied,
            ConnectionProblem.EndpointUnreachable => ErrorCategory.ConnectionError,
            _ => ErrorCategory.InvalidArgument,
        };
        return Make(e, e.Problem.ToString(), category, target, e.RecommendedAction);
    }

    /// <summary>A program cannot be found, used or written.</summary>
    public static ErrorRecord NoProgram(ProgramException e, object? target)
    {
        var category = e.Code switch
        {
            "ProgramNotFound" => ErrorCategory.ObjectNotFound,
            "InvalidProgram" => ErrorCategory.InvalidData,
            "ProgramNotRead" => ErrorCategory.ReadError,
            "ProgramNotWritten" => ErrorCategory.WriteError,
            "DefaultProgram" => ErrorCategory.PermissionDenied,
            "ProgramExists" => ErrorCategory.ResourceExists,
            _ => ErrorCategory.InvalidArgument,
        };
        return Make(e, e.Code, category, target, e.RecommendedAction);
    }

    /// <summary>The program does not have a control.</summary>
    public static ErrorRecord NotInProgram(CisProgram program, string id, AccountLabel? account = null)
    {
        var reasons = ControlLookup.BenchmarkOf(program).Named(id).Select(c => program.WhyNot(c.ControlId)).OfType<string>().Distinct().ToList();
        var why = reasons.Count == 1 ? $": {reasons[0].TrimEnd('.')}." : ".";
        return Make(
            new ItemNotFoundException(About(account, $"Control '{id}' is not in program {program.Name}{why}")), "NotInProgram", ErrorCategory.ObjectNotFound, id,
            $"Run Get-CisControl -Program '{program.Name}' to list its controls.");
    }

    /// <summary>The account is not in the program's scope.</summary>
    public static ErrorRecord OutOfScope(OutOfScopeException e) => Make(
        e, "AccountOutOfScope", ErrorCategory.InvalidOperation, e.AccountId,
        "Assess the account with another program, or add it to the program's scope with Set-CisProgram -AccountId, which replaces the list of accounts.");

    /// <summary>An argument is not valid.</summary>
    public static ErrorRecord InvalidArgument(string id, string message, object? target, string recommendedAction) =>
        Make(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target, recommendedAction);

    /// <summary>A text is not the name of a role.</summary>
    public static ErrorRecord InvalidRoleName(string name) => InvalidArgument(
        "InvalidRoleName", $"'{name}' is not the name of a role.", name, "Specify the name, such as CisAuditor, without an ARN. For one account, use -RoleArn.");

    /// <summary>Something unforeseen happened with an account of a list.</summary>
    public static ErrorRecord AccountFailed(string message, Exception e, object? target) => Make(
        new InvalidOperationException(message, e), "AccountFailed", ErrorCategory.NotSpecified, target,
        "The other accounts are not affected. Report it to the maintainers of CisAws with the output of: $Error[0] | Format-List * -Force");

    /// <summary>An account is in a list twice.</summary>
    public static ErrorRecord DuplicateAccount(string accountId, string recommendedAction) =>
        InvalidArgument("DuplicateAccount", $"Account {accountId} appears twice in the list.", accountId, recommendedAction);

    /// <summary>The input is not a result.</summary>
    public static ErrorRecord NotAResult(object? target) => Make(
        new ArgumentException($"The input ({target?.GetType().Name ?? "null"}) is not a result of Invoke-CisAssessment: a property such as ControlId, Status or Findings is missing."),
        "NotAResult", ErrorCategory.InvalidArgument, target, "Pipe the output of Invoke-CisAssessment, or results from ConvertFrom-CisJson or Import-Clixml.");

    /// <summary>The input is not a result, or not one with its type.</summary>
    public static ErrorRecord NotAWholeResult(object? target) => Make(
        new ArgumentException($"The input ({target?.GetType().Name ?? "null"}) is not a result of Invoke-CisAssessment or ConvertFrom-CisJson."),
        "NotAResult", ErrorCategory.InvalidArgument, target,
        "Pipe results, not their findings. Objects from Import-Clixml and Import-Csv do not contain all of a result: assess again, and save with ConvertTo-CisJson.");

    /// <summary>A result document cannot be read, or is not valid.</summary>
    /// <param name="from">The file, or "the input".</param>
    /// <param name="e">Why; in a document that is not valid, where, and what is expected.</param>
    public static ErrorRecord NoResults(string from, Exception e) => e is System.IO.InvalidDataException
        ? Make(
            new System.IO.InvalidDataException($"Results could not be read from {from}: {Sentence(e)}", e), "InvalidResults", ErrorCategory.InvalidData, from,
            "Specify the unchanged output of ConvertTo-CisJson, as text or as a file with -Path.")
        : Make(
            new System.IO.IOException($"Results could not be read from {from}: {Sentence(e)}", e), "ResultsNotRead",
            e is ItemNotFoundException or System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException ? ErrorCategory.ObjectNotFound : ErrorCategory.ReadError,
            from, "Specify files that ConvertTo-CisJson wrote.");

    /// <summary>Two assessments have nothing in common.</summary>
    /// <param name="problem">What they have.</param>
    public static ErrorRecord NothingToCompare(string problem) => Make(
        new ArgumentException(problem), "NothingToCompare", ErrorCategory.InvalidArgument, null, "Specify assessments of the same account.");

    /// <summary>An account was assessed by different benchmarks.</summary>
    /// <param name="account">The account.</param>
    /// <param name="benchmarks">The benchmarks of both.</param>
    public static ErrorRecord OtherBenchmarks(string account, string benchmarks) => Make(
        new ArgumentException(
            $"Account {account} was assessed by different benchmarks, whose controls are not compared, because the same ID can identify different controls: {benchmarks}."),
        "OtherBenchmarks", ErrorCategory.InvalidArgument, account, "Assess the account with the same benchmark, or with programs that are based on it.");

    /// <summary>An action plan cannot be read, or is not one.</summary>
    public static ErrorRecord NoActionPlan(string path, Exception e) => e switch
    {
        System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException or SessionStateException => Make(
            new ItemNotFoundException($"The action plan '{path}' does not exist.", e), "ActionPlanNotFound", ErrorCategory.ObjectNotFound, path, "Check the path."),
        System.IO.InvalidDataException => Make(
            new System.IO.InvalidDataException($"The action plan '{path}' is not valid. {Sentence(e)}", e), "InvalidActionPlan", ErrorCategory.InvalidData, path,
            "Specify a CSV file that Export-CisReport wrote in the format ActionPlan, with all its columns."),
        _ => Make(
            new System.IO.IOException($"The action plan '{path}' could not be read: {Sentence(e)}", e), "ActionPlanNotRead", ErrorCategory.ReadError, path,
            "Check the path and the permissions."),
    };

    /// <summary>A cell of an action plan is not valid.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The number of the row; the header is row 1.</param>
    /// <param name="problem">What is wrong.</param>
    public static ErrorRecord InvalidActionPlanRow(string path, int row, ActionPlanProblem problem) => Make(
        new System.IO.InvalidDataException(FormattableString.Invariant($"{path}, row {row}, column {problem.Column}: {problem.Message}")), "InvalidActionPlanRow",
        ErrorCategory.InvalidData, path, problem.Fix);

    /// <summary>A file of evidence cannot be read, or is not one.</summary>
    public static ErrorRecord NoEvidence(string path, Exception e) => e switch
    {
        System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException or SessionStateException => Make(
            new ItemNotFoundException($"The evidence '{path}' does not exist.", e), "EvidenceNotFound", ErrorCategory.ObjectNotFound, path,
            "Check the path. Get-ChildItem -Recurse -Filter *.cisevidence lists the files of a folder."),
        System.IO.InvalidDataException => Make(
            new System.IO.InvalidDataException($"The evidence file '{path}' is not valid. {Sentence(e)}", e), "InvalidEvidence", ErrorCategory.InvalidData, path,
            "Use an intact copy of the file, or collect the evidence again with Get-CisEvidence. If the file should not have changed, find out why it did."),
        _ => Make(
            new System.IO.IOException($"The evidence file '{path}' could not be read: {Sentence(e)}", e), "EvidenceNotRead", ErrorCategory.ReadError, path,
            "Check the path and the permissions."),
    };

    /// <summary>A folder of runs does not exist, or is a file.</summary>
    public static ErrorRecord NoFolderOfRuns(string path) => System.IO.File.Exists(path)
        ? InvalidArgument("NotAFolder", $"'{path}' is a file and not a folder of runs.", path, "Specify the folder that Invoke-CisAssessment -EvidencePath writes to.")
        : NoEvidence(path, new System.IO.DirectoryNotFoundException());

    /// <summary>An account that was expected is not in the evidence.</summary>
    public static ErrorRecord NoEvidenceOf(string account) => Make(
        new ItemNotFoundException($"There is no evidence of account {account}."), "NoEvidenceOfAccount", ErrorCategory.ObjectNotFound, account,
        "Find out why it was not collected, collect it with Get-CisEvidence, and add it to -Evidence.");

    /// <summary>A file of evidence, or the results beside it, cannot be written.</summary>
    public static ErrorRecord EvidenceNotWritten(string path, Exception e, string recommendedAction) => Make(
        new System.IO.IOException($"The file '{path}' was not written: {Sentence(e)}", e),
        e is FileExistsException ? "EvidenceExists" : "EvidenceNotWritten", e is FileExistsException ? ErrorCategory.ResourceExists : ErrorCategory.WriteError, path, recommendedAction);

    /// <summary>A report cannot be written.</summary>
    public static ErrorRecord ReportNotWritten(string path, Exception e) => Make(
        new System.IO.IOException($"The report was not written to '{path}': {Sentence(e)}", e),
        e is FileExistsException ? "ReportExists" : "ReportNotWritten", e is FileExistsException ? ErrorCategory.ResourceExists : ErrorCategory.WriteError, path,
        e is FileExistsException ? "Choose another path, or add -Force to overwrite the file."
            : "Check that the folder can be written to, and that the disk is not full. No part of the report was kept.");

    /// <summary>The format of a report is not given, and the name of its file does not identify one.</summary>
    public static ErrorRecord NoReportFormat(string path) => Make(
        new ArgumentException($"The name of the file does not identify the format of the report: {System.IO.Path.GetFileName(path)}. Names that identify one end with {string.Join(", ", ReportFormats.Extensions)}."),
        "NoReportFormat", ErrorCategory.InvalidArgument, path, "Add -Format, or choose another name.");

    /// <summary>Results are of another account than the one that is connected to.</summary>
    /// <param name="others">The accounts of the results.</param>
    /// <param name="account">The account that is connected to.</param>
    public static ErrorRecord OtherAccount(IReadOnlyCollection<string> others, string account) => Make(
        new ArgumentException($"Results of {Quantity.List(others, others.Count)} were not sent: the credentials belong to account {account}, and Security Hub takes the findings of an account only from itself."),
        "OtherAccount", ErrorCategory.InvalidArgument, string.Join(", ", others), "Send the results of each account with its own credentials, such as with -RoleArn.");

    /// <summary>A call to Security Hub failed.</summary>
    public static ErrorRecord SecurityHubFailed(CallException e, string region) => Make(
        e, "SecurityHubFailed", e.Why.IsDenial ? ErrorCategory.PermissionDenied : ErrorCategory.ConnectionError, region,
        e.Why.ErrorCode == "InvalidAccessException"
            ? $"Enable Security Hub in {region}, or specify another region with -Region."
            : $"Check that {e.Why.Action} is allowed, and that Security Hub is enabled in {region}.");

    /// <summary>Security Hub refused findings for one reason.</summary>
    /// <param name="refused">The findings.</param>
    /// <param name="first">The control and the resource of the first one.</param>
    public static ErrorRecord FindingsRefused(IReadOnlyList<RefusedFinding> refused, string first) => Make(
        new InvalidOperationException(FormattableString.Invariant(
            $"Security Hub refused {refused.Count} {(refused.Count == 1 ? "finding" : "findings")} ({refused[0].ErrorCode}: {refused[0].Message.TrimEnd('.')}). First: {first}.")),
        "FindingsRefused", ErrorCategory.InvalidResult, first, "The other findings were imported. Report the problem if the message shows no cause on your side.");

    /// <summary>The objects of a bucket cannot be listed.</summary>
    public static ErrorRecord BucketNotListed(CallException e, string location) => Make(
        new System.IO.IOException($"'{location}' could not be listed: {Sentence(e)}", e), "BucketNotListed",
        e.Why.IsDenial ? ErrorCategory.PermissionDenied : e.Why.ErrorCode == "NoSuchBucket" ? ErrorCategory.ObjectNotFound : ErrorCategory.ConnectionError, location,
        $"Check the name of the bucket, and that its policy and the caller's policies allow {e.Why.Action}.");

    /// <summary>A file of a run was not copied.</summary>
    public static ErrorRecord RunNotCopied(string from, string to, Exception e) => Make(
        new System.IO.IOException($"'{from}' was not copied to '{to}': {Sentence(e)}", e), "NotCopied",
        e is CallException { Why.IsDenial: true } ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError, from,
        e is CallException { Why: { IsDenial: true } denial } ? $"Check that the caller's policies, and those of the bucket and its KMS key, allow {denial.Action}. Then run the command again."
            : "Remove the cause, and run the command again. What was copied stays.");

    /// <summary>The destination has another file of that name.</summary>
    public static ErrorRecord RunDiffers(string from, string to) => Make(
        new InvalidOperationException($"'{from}' was not copied: '{to}' exists and is not the same file."), "RunDiffers", ErrorCategory.ResourceExists, to,
        "The files of a run do not change. Find out which one is right, with Test-CisEvidence, and why there is another one.");

    /// <summary>A file cannot be deleted.</summary>
    public static ErrorRecord NotDeleted(string path, Exception e) => Make(
        new System.IO.IOException($"The file '{path}' could not be deleted: {Sentence(e)}", e), "NotDeleted", ErrorCategory.WriteError, path, "Check the permissions of the folder.");

    /// <summary>The control does not require a metric filter.</summary>
    /// <param name="id">The control's ID.</param>
    /// <param name="withPattern">The controls that require one.</param>
    public static ErrorRecord NoReferencePattern(string id, IEnumerable<BenchmarkControl> withPattern) => Make(
        new ItemNotFoundException($"Control '{id}' does not require a metric filter. Controls that do: {string.Join(", ", Ranges(withPattern).Select(r => r.Text))}."),
        "NoReferencePattern", ErrorCategory.ObjectNotFound, id, "Specify one of these controls.");

    /// <summary>The filter pattern is not valid; the message points at the place.</summary>
    public static ErrorRecord InvalidPattern(string text, FilterSyntaxException e) => Make(
        new ArgumentException($"The filter pattern is not valid. {e.Message}: {Pointed(text, e.Position)}", e),
        "InvalidPattern", ErrorCategory.ParserError, text, "Correct the pattern at the arrow (-->). In PowerShell, enclose a pattern in single quotes.");

    /// <summary>The pattern searches the text of an event; records read from JSON have only fields.</summary>
    public static ErrorRecord PatternOfText(string text) => Make(
        new ArgumentException($"The pattern searches the text of an event and not its fields: {text}"),
        "PatternOfText", ErrorCategory.InvalidArgument, text, "Use a JSON pattern, such as '{ $.eventName = CreateTrail }'.");

    /// <summary>Records could not be read.</summary>
    public static ErrorRecord UnreadableRecords(string from, Exception e) => Make(
        new System.IO.InvalidDataException($"CloudTrail records could not be read from {from}: {Sentence(e)}", e),
        "UnreadableRecords", ErrorCategory.ReadError, from, "Specify log files of CloudTrail (.json or .json.gz), or the JSON text of records.");

    /// <summary>One record of several could not be read.</summary>
    /// <param name="from">The file, or "the input".</param>
    /// <param name="number">The record's place in its list, from 1; 0 where it is alone.</param>
    /// <param name="problem">Why.</param>
    public static ErrorRecord UnreadableRecord(string from, int number, string problem) => Make(
        new System.IO.InvalidDataException(FormattableString.Invariant(
            $"{(number > 0 ? $"Record {number} of {from}" : $"The record in {from}")} could not be read: {problem.TrimEnd('.')}.")),
        "UnreadableRecord", ErrorCategory.InvalidData, from, "Inspect the record. A malformed record can be an attempt to hide others.");

    /// <summary>The part of the text around a position that is counted from 1, with an arrow before it. One line: hosts fold more.</summary>
    private static string Pointed(string text, int position)
    {
        const int Around = 30;
        var at = Math.Min(Math.Max(position - 1, 0), text.Length);
        var (start, end) = (Math.Max(0, at - Around), Math.Min(text.Length, at + Around));
        var (before, after) = (text.Substring(start, at - start), text.Substring(at, end - at));
        return (start > 0 ? "..." : "") + before + "-->" + after + (end < text.Length ? "..." : "");
    }

    /// <summary>"'3.1' to '3.14'" for each first part of IDs.</summary>
    private static List<(string Section, string Text)> Ranges(IEnumerable<BenchmarkControl> controls) => controls
        .Select(c => c.ControlId).OrderBy(i => i)
        .GroupBy(i => i.ToString().Split('.')[0])
        .Select(g => (g.Key, $"'{g.First()}' to '{g.Last()}'")).ToList();

    private static string Sentence(Exception e) => e.Message.TrimEnd('.') + ".";

    private static string About(AccountLabel? account, string message) => account?.InListAbout(message) ?? message;

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, object? target, string recommendedAction) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(TerminalText.EscapeLines(Shown(exception.Message, recommendedAction)))
            {
                RecommendedAction = TerminalText.EscapeLines(recommendedAction),
            },
        };

#if NETFRAMEWORK
    // Windows PowerShell shows the message only.
    private static string Shown(string message, string recommendedAction) => $"{message} {recommendedAction}";
#else
    // PowerShell 7 shows the recommended action beneath the message.
    private static string Shown(string message, string recommendedAction) => message;
#endif
}
