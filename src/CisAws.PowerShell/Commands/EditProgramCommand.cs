using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>The parameters for the content of a program, which are the same for a new program and for a change.</summary>
public abstract class EditProgramCommand : ControlFilterCommand
{
    /// <summary>What the program is for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Description { get; set; }

    /// <summary>Who is responsible for the program.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Owner { get; set; }

    /// <summary>The version of the program.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Version { get; set; }

    /// <summary>
    /// The name of the program that this one is based on. It determines the benchmark; the program's own values override those of its base.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public string? BasedOn { get; set; }

    /// <summary>
    /// IDs or wildcards of the controls to take from the base. Default: all. Enclose IDs in quotation marks: PowerShell reads 1.10 as the number 1.1.
    /// </summary>
    [Parameter]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[]? ControlId { get; set; }

    /// <summary>IDs or wildcards of controls to add, whether the base has them or not.</summary>
    [Parameter]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(BenchmarkControlCompleter))]
    public string[]? AddControl { get; set; }

    /// <summary>Controls to exclude, each with a reason: @{ '1.11' = 'why' }. $null instead of the reason removes the exclusion.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExclusionCompleter))]
    public Hashtable? ExcludeControl { get; set; }

    /// <summary>
    /// Settings by control: @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }. $null instead of the value removes the setting. Tab completes a setting with
    /// its value, by the control's ID, the setting's name or words of the control's title: -Setting 1.3, -Setting password. Get-CisControl '1.3' |
    /// ForEach-Object Settings describes the settings of a control.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public Hashtable? Setting { get; set; }

    /// <summary>
    /// Settings of single accounts, which take precedence over the program's: @{ '111122223333' = @{ '1.3' = @{ MaxUnusedCredentialDays = 30 } } }.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Hashtable? AccountSetting { get; set; }

    /// <summary>The accounts in scope. Default: every account.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? AccountId { get; set; }

    /// <summary>The regions in scope. Default: every enabled region.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>The severity of failures by control: @{ '1.12' = 'Critical'; '3.*' = 'Low' }. $null instead of the severity removes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public Hashtable? Severity { get; set; }

    /// <summary>Allows exemptions without a last day in the program.</summary>
    [Parameter]
    public SwitchParameter AllowPermanentExemption { get; set; }

    /// <summary>Exemptions from New-CisExemption. An exemption replaces one with the same scope.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisExemption[]? Exemption { get; set; }

    /// <summary>Attestations from New-CisAttestation. An attestation replaces one for the same control and account.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisAttestation[]? Attestation { get; set; }

    /// <summary>The program with what was given.</summary>
    /// <exception cref="ProgramException">What was given is not valid, in a way that the program's reader would explain in terms of the file.</exception>
    private protected CisProgram Edited(CisProgram program)
    {
        var edited = With(program);
        return !edited.AllowPermanentExemptions && Exemption?.FirstOrDefault(e => e.Expires is null) is { } permanent
            ? throw new ProgramException(
                "InvalidProgram", $"Nothing was written: the exemption for {permanent.ControlId} has no last day.",
                "Specify -Expires in New-CisExemption, such as -Expires 90d, or allow such exemptions in the program with -AllowPermanentExemption.")
            : edited;
    }

    private CisProgram With(CisProgram program) => program with
    {
        Description = Description ?? program.Description,
        Owner = Owner ?? program.Owner,
        Version = Version ?? program.Version,
        BasedOn = BasedOn ?? program.BasedOn,
        ChosenIds = ControlId is null ? program.ChosenIds : new(ControlId.Select(SettingArgument.Selector)),
        ChosenSections = Section is null ? program.ChosenSections : new PrintableList<string>(Sections(program)),
        ChosenLevels = Level is null ? program.ChosenLevels : new(Level),
        ChosenScored = WantsScored ?? program.ChosenScored,
        AddedControls = AddControl is null ? program.AddedControls : new(AddControl.Select(SettingArgument.Selector)),
        ExcludedControls = Merge(
            program.ExcludedControls, Texts(ExcludeControl).Select(e => (new CisExclusion(e.Key, e.Text ?? ""), e.Text is null)),
            ProgramFormat.Exclusion.IsSame),
        Settings = Merge(program.Settings, NewSettings(), (a, b) => (a.ControlId, a.Name, a.AccountId) == (b.ControlId, b.Name, b.AccountId)),
        Accounts = AccountId is null ? program.Accounts : new PrintableList<string>(AccountId),
        Regions = Region is null ? program.Regions : new PrintableList<string>(Region.Select(r => r.ToLowerInvariant())),
        Severities = Merge(
            program.Severities, Texts(Severity).Select(s => (new CisProgramSeverity(s.Key, SeverityOf(s.Key, s.Text)), s.Text is null)),
            (a, b) => a.ControlId == b.ControlId),
        AllowPermanentExemptions = IsGiven(nameof(AllowPermanentExemption)) ? AllowPermanentExemption.ToBool() : program.AllowPermanentExemptions,
        Exemptions = Merge(program.Exemptions, (Exemption ?? []).Select(e => (e, false)), ProgramFormat.Exemption.IsSame),
        Attestations = Merge(
            program.Attestations, (Attestation ?? []).Select(a => (a, false)), ProgramFormat.Attestation.IsSame),
    };

    /// <summary>The list with entries put in, in the place of those that are the same, or taken out.</summary>
    private static PrintableList<T> Merge<T>(PrintableList<T> list, IEnumerable<(T Entry, bool Remove)> changes, Func<T, T, bool> isSame)
    {
        var merged = list.ToList();
        foreach (var (entry, remove) in changes)
        {
            var at = merged.FindIndex(e => isSame(e, entry));
            if (at >= 0)
            {
                merged.RemoveAt(at);
            }

            if (!remove)
            {
                merged.Insert(at >= 0 ? at : merged.Count, entry);
            }
        }

        return new PrintableList<T>(merged);
    }

    /// <summary>The sections of the base's benchmark that names and wildcards mean; what means none is left for the program's reader to refuse.</summary>
    private IEnumerable<string> Sections(CisProgram program)
    {
        var known = ControlLookup.BenchmarkOf((BasedOn ?? program.BasedOn) is { } name ? Store.Get(name) : program).Sections();
        return Section!.SelectMany(section => known.Where(s => Wildcard.Matches(section, s)).DefaultIfEmpty(section));
    }

    private static CisSeverity SeverityOf(ControlSelector controlId, string? text) => text is null
        ? default
        : ProgramFormat.Severities.Where(s => s.Key.Equals(text, StringComparison.OrdinalIgnoreCase)).Select(s => (CisSeverity?)s.Value).FirstOrDefault()
            ?? throw new ProgramException(
                "InvalidSeverity", $"'{text}' is not a valid severity for {controlId}.", $"Use one of {string.Join(", ", ProgramFormat.Severities.Keys)}.");

    /// <summary>Texts by control, in the order of ids: a hashtable has none of its own, and a file should not change by chance.</summary>
    private static IEnumerable<(ControlSelector Key, string? Text)> Texts(Hashtable? table) => (table ?? [])
        .Cast<DictionaryEntry>()
        .Select(e => (Key: SettingArgument.Selector(ControlIdArgumentAttribute.TextOf(e.Key)), Text: e.Value is null ? null : Convert.ToString(e.Value, CultureInfo.InvariantCulture)))
        .OrderBy(e => e.Key);

    private IEnumerable<(CisProgramSetting, bool)> NewSettings()
    {
        var byAccount = (AccountSetting ?? []).Cast<DictionaryEntry>()
            .Select(e => (
                AccountId: (string?)Convert.ToString(e.Key, CultureInfo.InvariantCulture),
                Table: (e.Value is PSObject o ? o.BaseObject : e.Value) as Hashtable))
            .OrderBy(e => e.AccountId, StringComparer.Ordinal);
        if (byAccount.Any(a => a.Table is null))
        {
            throw new ProgramException(
                "InvalidSetting", "The settings of an account are not a hashtable.",
                "Use the form @{ '111122223333' = @{ '1.3' = @{ MaxUnusedCredentialDays = 30 } } }.");
        }

        return byAccount.Prepend((AccountId: null, Table: Setting ?? [])).SelectMany(a => SettingArgument.Read(a.Table!)
            .OrderBy(s => s.ControlId).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => (new CisProgramSetting(s.ControlId, s.Name, s.Value ?? "", a.AccountId), s.Value is null)));
    }
}
