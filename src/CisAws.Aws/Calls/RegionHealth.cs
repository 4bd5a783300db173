using CisAws.Evidence;

namespace CisAws.Aws.Calls;

/// <summary>Whether any service of a region has responded. One that hangs must not take the time limit of a call for each of its services.</summary>
internal sealed class RegionHealth
{
    private readonly object _lock = new();
    private bool _hasResponded;
    private ReadFailure? _failure;

    /// <summary>Why the region is not called any more; null while it is.</summary>
    public ReadFailure? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>Notes a response.</summary>
    public void Responded()
    {
        lock (_lock)
        {
            (_hasResponded, _failure) = (true, null);
        }
    }

    /// <summary>Notes a call that got no response in its time.</summary>
    public void TimedOut(ReadFailure why)
    {
        lock (_lock)
        {
            _failure = _hasResponded ? null : why;
        }
    }
}
