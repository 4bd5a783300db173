using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using CisAws.Aws.Readers;

namespace CisAws.Aws.Tests.Readers;

[Trait("Risk", "Timing")]
public class PaginatorTests
{
    private sealed record Page(string? Next, params int[] Items);

    [Fact]
    public async Task Pages_are_read_to_the_last_over_empty_ones()
    {
        var pages = new Dictionary<string, Page> { [""] = new("a"), ["a"] = new("b", 1, 2), ["b"] = new("c"), ["c"] = new("", 3) };
        var items = new List<int>();

        await Paginator.ReadAsync(token => Task.FromResult(pages[token ?? ""]), p => p.Next, p => items.AddRange(p.Items));

        Assert.Equal([1, 2, 3], items);
    }

    [Fact]
    public async Task A_token_that_comes_twice_is_an_error_and_not_a_loop()
    {
        var pages = new Dictionary<string, Page> { [""] = new("a", 1), ["a"] = new("b", 2), ["b"] = new("a", 3) };

        await Assert.ThrowsAsync<InvalidDataException>(
            () => Paginator.ReadAsync(token => Task.FromResult(pages[token ?? ""]), p => p.Next, _ => { }));
    }
}
