using System.Collections.Generic;

namespace CisAws.FilterPatterns;

/// <summary>How what some filters match relates to what a reference matches.</summary>
public enum CoverageOutcome : long
{
    /// <summary>They match the same events.</summary>
    Equivalent,

    /// <summary>The filters match every event that the reference matches, and others.</summary>
    Broader,

    /// <summary>The filters miss an event that the reference matches.</summary>
    Narrower,

    /// <summary>The filters never match any event.</summary>
    NeverMatches,

    /// <summary>It is not known; <see cref="CoverageResult.UndecidableReason"/> gives the reason.</summary>
    Undecidable,
}

/// <summary>Why an outcome is <see cref="CoverageOutcome.Undecidable"/>.</summary>
internal enum UndecidableReason
{
    /// <summary>The outcome is decided.</summary>
    None,

    /// <summary>A pattern looks at the text of an event and not at its fields.</summary>
    NotJsonForm,

    /// <summary>The outcome depends on whether a star in the middle of a text is a wildcard.</summary>
    InfixStar,

    /// <summary>The outcome depends on whether digits without quotes are a number or text.</summary>
    UnquotedDigits,

    /// <summary>The reference itself matches no event.</summary>
    ReferenceNeverMatches,

    /// <summary>Deciding it would take too much work.</summary>
    TooComplex,
}

/// <summary>Whether some filters together match every event that a reference matches.</summary>
/// <param name="Outcome">How the filters relate to the reference.</param>
/// <param name="Explanation">The outcome in a sentence, with what is missed or why it is not decided.</param>
internal sealed record CoverageResult(CoverageOutcome Outcome, string Explanation)
{
    /// <summary>
    /// Whether the filters match every event that the reference matches, without matching nearly everything that happens. The
    /// settings of a control may require less or more.
    /// </summary>
    public bool Covers => Acceptance ?? (Outcome is CoverageOutcome.Equivalent or CoverageOutcome.Broader && !IsCatchAll);

    /// <summary>
    /// Whether the filters cover the reference only because they match nearly every event. An alarm on such filters is
    /// always in the ALARM state.
    /// </summary>
    public bool IsCatchAll { get; init; }

    /// <summary>
    /// An event, as JSON, that shows the outcome: one that the filters miss, or for broader filters one that only they match.
    /// Null when there is none.
    /// </summary>
    public string? ExampleEvent { get; init; }

    /// <summary>A short description of <see cref="ExampleEvent"/>, such as <c>StopLogging</c>.</summary>
    public string? ExampleInWords { get; init; }

    /// <summary>Why the outcome is undecidable.</summary>
    public UndecidableReason UndecidableReason { get; init; }

    /// <summary>Whether the settings of a control accept the outcome; null when the outcome alone decides.</summary>
    internal bool? Acceptance { get; init; }

    /// <summary>Why the outcome is undecidable, to follow "because".</summary>
    internal string Why { get; init; } = "";

    /// <summary>The fewest filters known to be enough, when they cover.</summary>
    internal IReadOnlyList<FilterPattern> Needed { get; init; } = [];

    /// <summary>The place, among several filters that miss an event, of the one that comes closest to matching it.</summary>
    internal int? Nearest { get; init; }

    /// <summary>What else a reader of the outcome should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
