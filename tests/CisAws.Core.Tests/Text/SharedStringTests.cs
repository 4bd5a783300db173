using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Text;

public sealed class SharedStringTests
{
    private static readonly JsonSerializerOptions Shared = new() { Converters = { new SharedStringConverter(), new ArrayConverter() } };

    // More strings than the table has entries, of which several share one, in several threads.
    [Fact]
    public void Every_string_is_read_as_it_was_written() => Gen.Select(Gen.String.Array[0, 50], Gen.Int[0, 5_000].Select(i => $"sg-{i:x}").Array[0, 200]).Sample((any, ids) =>
    {
        var texts = any.Where(t => t.All(c => !char.IsSurrogate(c))).Concat(ids).ToList();
        Assert.Equal(texts, JsonSerializer.Deserialize<IReadOnlyList<string>>(JsonSerializer.Serialize(texts), Shared));
        var byName = texts.Distinct().ToDictionary(t => t, t => t);
        Assert.Equal(byName, JsonSerializer.Deserialize<Dictionary<string, string>>(JsonSerializer.Serialize(byName, Shared), Shared));
    });

    [Fact]
    public void Equal_strings_are_one_and_empty_lists_too()
    {
        var read = JsonSerializer.Deserialize<IReadOnlyList<IReadOnlyList<string>>>("""[["eu-west-1"],["eu-west-1"],[],[]]""", Shared)!;
        Assert.Same(read[0][0], read[1][0]);
        Assert.Same(read[2], read[3]);
        Assert.Equal("""[["eu-west-1"],["eu-west-1"],[],[]]""", JsonSerializer.Serialize(read, Shared));
    }
}
