using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Tests.Calls;

[Trait("Risk", "Timing")]
public class PrioritySemaphoreTests
{
    private readonly PrioritySemaphore _semaphore = new(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_with_the_highest_priority_are_let_in_first_and_the_others_in_their_order()
    {
        Assert.True(_semaphore.WaitAsync(0, Cancel).IsCompletedSuccessfully);
        Assert.True(_semaphore.WaitAsync(0, Cancel).IsCompletedSuccessfully);
        var waiting = new List<(int Name, Task Turn)>();
        foreach (var (name, priority) in new[] { (1, 0), (2, 3), (3, 0), (4, 1), (5, 3) })
        {
            waiting.Add((name, _semaphore.WaitAsync(priority, Cancel)));
        }

        var order = new List<int>();
        while (waiting.Count > 0)
        {
            _semaphore.Release();
            var turn = await Task.WhenAny(waiting.ConvertAll(w => w.Turn));
            order.Add(waiting.Find(w => w.Turn == turn).Name);
            waiting.RemoveAll(w => w.Turn == turn);
        }

        Assert.Equal([2, 5, 4, 1, 3], order);
    }

    [Fact]
    public async Task Who_does_not_wait_any_more_takes_no_place()
    {
        using var cancel = new CancellationTokenSource();
        await _semaphore.WaitAsync(0, Cancel);
        await _semaphore.WaitAsync(0, Cancel);
        var gone = _semaphore.WaitAsync(1, cancel.Token);
        var next = _semaphore.WaitAsync(0, Cancel);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _semaphore.Release();
        await next.WaitAsync(Cancel);

        _semaphore.Release();
        Assert.True(_semaphore.WaitAsync(0, Cancel).IsCompletedSuccessfully);
        Assert.False(_semaphore.WaitAsync(0, Cancel).IsCompleted);
    }
}
