using System.Threading;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// The work that a question about patterns is given, in steps: a condition that is evaluated, or an automaton that reads a
/// character. Steps are counted, not timed, so that the same question has the same answer on every machine.
/// </summary>
/// <param name="steps">The most steps to take.</param>
/// <param name="cancellationToken">Ends the work at one of the next steps.</param>
/// <param name="whole">What this is a part of, and counts there too.</param>
internal sealed class WorkBudget(long steps, CancellationToken cancellationToken, WorkBudget? whole = null)
{
    private const int StepsBetweenChecks = 1_024;

    private long _nextCheck;

    /// <summary>The steps that were taken.</summary>
    public long Taken { get; private set; }

    /// <exception cref="UndecidableException">More work is needed than there is.</exception>
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
