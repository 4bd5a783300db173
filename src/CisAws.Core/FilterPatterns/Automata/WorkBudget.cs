using System.Threading;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// The most work for a question about patterns, in steps: a condition that is evaluated, or a character that an automaton reads.
/// Steps are counted, not timed, so that a question has the same answer on every machine.
/// </summary>
/// <param name="steps">The most steps.</param>
/// <param name="cancellationToken">Cancels the work at one of the next steps.</param>
/// <param name="whole">The budget that this is a part of; steps are counted there too.</param>
internal sealed class WorkBudget(long steps, CancellationToken cancellationToken, WorkBudget? whole = null)
{
    private const int StepsBetweenChecks = 1_024;

    private long _nextCheck;

    /// <summary>The steps that were taken.</summary>
    public long Taken { get; private set; }

    /// <exception cref="UndecidableException">The budget is used up.</exception>
    /// <exception cref="System.OperationCanceledException">The work was cancelled.</exception>
    public void Spend(int more = 1)
    {
        Taken += more;
        if (whole is not null)
        {
            whole.Taken += more;
        }

        if (Taken > steps)
        {
            throw UndecidableException.TooManyTexts();
        }

        if (Taken >= _nextCheck)
        {
            _nextCheck = Taken + StepsBetweenChecks;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
