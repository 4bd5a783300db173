using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Programs;

namespace CisAws.Assessments;

/// <summary>What is to be decided about one account, and the evidence that it takes.</summary>
internal sealed class AssessmentPlan
{
    private AssessmentPlan(IReadOnlyList<CisControl> controls) => Controls = controls;

    /// <summary>The controls, with the settings of the account.</summary>
    public IReadOnlyList<CisControl> Controls { get; }

    /// <summary>The kinds of evidence that their rules declare, and all that the subjects of these are found in.</summary>
    public IReadOnlyCollection<EvidenceKind> Kinds => EvidenceKind.Closure(Controls.SelectMany(c => c.Needs));

    /// <summary>The kinds of evidence, of those that controls need, that the results of other accounts can depend on: all that is about trails.</summary>
    /// <param name="controls">The controls, as their programs have them.</param>
    public static IReadOnlyList<EvidenceKind> KindsForOthers(IEnumerable<CisControl> controls)
    {
        return [.. EvidenceKind.Closure(controls.SelectMany(c => c.Needs))
            .Where(k => k == EvidenceKinds.AccountPublicAccessBlock || EvidenceKinds.All.Any(o => o.AnsweredBy == k.AnsweredBy && IsAboutTrails(o)))
            .OrderBy(k => k.Name, System.StringComparer.Ordinal)];

        static bool IsAboutTrails(EvidenceKind kind) => kind == EvidenceKinds.Trails || kind.From.Any(IsAboutTrails);
    }

    /// <summary>Plans the assessment of an account.</summary>
    /// <param name="controls">The controls, as their programs have them.</param>
    /// <param name="accountId">The account, which may have settings of its own.</param>
    /// <exception cref="OutOfScopeException">The account is not one that a control's program is for.</exception>
    public static AssessmentPlan For(IReadOnlyList<CisControl> controls, string accountId) =>
        controls.Select(c => c.Owner).FirstOrDefault(p => p.AccountsInScope is { Count: > 0 } scope && !scope.Contains(accountId)) is { } program
            ? throw new OutOfScopeException(program, accountId)
            : new AssessmentPlan([.. controls.Select(c => c.ForAccount(accountId))]);
}
