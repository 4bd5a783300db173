using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace CisAws.PowerShell.Tests;

public sealed class SelectCisEventTests : IDisposable
{
    private const string Records =
        """{"Records":[{"eventName":"CreateTrail","count":1,"userIdentity":{"type":"Root"}},{"eventName":"DescribeTrails"},{"eventName":"DeleteTrail"}]}""";

    private readonly ModuleSession _session = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("records [2026] ");

    [Theory]
    [InlineData("records.json", false)]
    [InlineData("records.json.gz", true)]
    public void Records_are_selected_from_files_as_CloudTrail_delivers_them(string name, bool zipped)
    {
        var file = Path.Combine(_folder.FullName, name);
        using (var stream = File.Create(file))
        using (Stream target = zipped ? new GZipStream(stream, CompressionLevel.Fastest) : stream)
        {
            target.Write(Encoding.UTF8.GetBytes(Records));
        }

        var events = _session.Objects("Select-CisEvent '{ $.eventName = *Trail }' -LiteralPath $file", ("file", file));
        Assert.Equal(["CreateTrail", "DeleteTrail"], events.Select(e => e.Properties["eventName"].Value));
        Assert.Equal(1L, events[0].Properties["count"].Value);
        Assert.Equal("Root", ((PSObject)events[0].Properties["userIdentity"].Value).Properties["type"].Value);
    }

    [Fact]
    public void Records_are_selected_from_the_pipeline()
    {
        var events = _session.Objects("$records, '[{\"eventName\":\"UpdateTrail\"}]', '{\"eventName\":\"X\"}' | Select-CisEvent '{ $.eventName = *Trail }'", ("records", Records));
        Assert.Equal(["CreateTrail", "DeleteTrail", "UpdateTrail"], events.Select(e => e.Properties["eventName"].Value));
    }

    /// <summary>What is odd in one record must hide neither that record nor another, in its file or in the next.</summary>
    [Theory]
    [InlineData("""{"eventName":"DeleteTrail","a":"\ud83d"}""", "a", "\\ud83d")]
    [InlineData("""{"eventName":"DeleteTrail","a":"\\ud83d \ud83d\ude00 \ude00"}""", "a", "\\ud83d \U0001F600 \\ude00")]
    [InlineData("""{"eventName":"DeleteTrail","\ud83d":"x"}""", "\\ud83d", "x")]
    [InlineData("""{"eventName":"DeleteTrail","":"x"}""", "(2)", "x")]
    [InlineData("""{"eventName":"DeleteTrail","PSObject":"x"}""", "PSObject (2)", "x")]
    [InlineData("""{"eventName":"DeleteTrail","EVENTNAME":"x"}""", "EVENTNAME (2)", "x")]
    [InlineData("""{"eventName":"CreateTrail","eventName":"DeleteTrail"}""", "eventName", "CreateTrail")]
    [InlineData("""{"eventName":"CreateTrail","eventName":"DeleteTrail"}""", "eventName (2)", "DeleteTrail")]
    [InlineData("""{"eventName":"DeleteTrail","a":1e999999}""", "eventName", "DeleteTrail")]
    public void An_odd_record_is_selected_and_the_next_files_are_read(string record, string property, string value)
    {
        var first = Write("a.json", $$"""{"Records":[{{record}},{"eventName":"StopTrail"}]}""");
        var second = Write("b.json", """{"Records":[{"eventName":"UpdateTrail"}]}""");
        var events = _session.Objects("Select-CisEvent '{ $.eventName = *Trail }' -LiteralPath $first, $second", ("first", first), ("second", second));
        Assert.Equal(3, events.Count);
        Assert.Equal(value, events[0].Properties[property].Value);
        Assert.Equal(["StopTrail", "UpdateTrail"], events.Skip(1).Select(e => e.Properties["eventName"].Value));
    }

    [Theory]
    [InlineData("""{"Records":null}""", "UnreadableRecords", "its Records is null, not a list")]
    [InlineData("""{"Records":"x"}""", "UnreadableRecords", "its Records is a string, not a list")]
    [InlineData("""{"Records":[{"eventName":"DeleteTrail"},null]}""", "UnreadableRecord", "Record 2 of ")]
    [InlineData("""[7,{"eventName":"DeleteTrail"}]""", "UnreadableRecord", "it is a number, not an object")]
    [InlineData("""{"Events":[{"CloudTrailEvent":"{"},{"CloudTrailEvent":"{\"eventName\":\"DeleteTrail\"}"}]}""", "UnreadableRecord", "Record 1 of ")]
    [InlineData("""{"Records":[{""", "UnreadableRecords", "a.json")]
    [InlineData("", "UnreadableRecords", "a.json")]
    public void What_cannot_be_read_is_an_error_with_its_file_and_place_and_the_rest_is_read(string text, string id, string message)
    {
        var first = Write("a.json", text);
        var second = Write("b.json", """{"Records":[{"eventName":"UpdateTrail"}]}""");
        var run = _session.Run("Select-CisEvent '{ $.eventName = *Trail }' -LiteralPath $first, $second", ("first", first), ("second", second));
        Assert.StartsWith(id + ",", run.Error.FullyQualifiedErrorId);
        Assert.Contains(message, run.Error.ToString());
        Assert.Contains("a.json", run.Error.ToString());
        var names = run.Output.Select(e => e.Properties["eventName"].Value).ToList();
        Assert.Equal(text.Contains("DeleteTrail") ? ["DeleteTrail", "UpdateTrail"] : ["UpdateTrail"], names);
    }

    /// <summary>A file holds no such text, and a pipeline may.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_after_a_backslash_is_no_JSON()
    {
        var run = _session.Run("$records | Select-CisEvent '{ $.eventName = *Trail }'", ("records", "{\"eventName\":\"\\\ud800\"}"));
        Assert.StartsWith("UnreadableRecords,", run.Error.FullyQualifiedErrorId);
        Assert.Contains("it is not valid JSON", run.Error.ToString());
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public void Deep_nesting_costs_its_own_record_at_most()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));
        var file = Write("a.json", $$"""{"Records":[{"eventName":"DeleteTrail","a":{{deep}}},{"eventName":"DescribeTrails","a":{{deep}}},{"eventName":"UpdateTrail"}]}""");
        var run = _session.Run("Select-CisEvent '{ $.eventName = *Trail }' -LiteralPath $file", ("file", file));
        Assert.Contains("Record 1 of", run.Error.ToString());
        Assert.Contains("nested deeper than 200 levels", run.Error.ToString());
        Assert.Equal("UpdateTrail", Assert.Single(run.Output).Properties["eventName"].Value);
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_and_the_others_are_read()
    {
        var file = Write("b.json", Records);
        var run = _session.Run("Select-CisEvent '{ $.eventName = DeleteTrail }' ([wildcardpattern]::Escape($missing)), ([wildcardpattern]::Escape($file))", ("missing", file + "x"), ("file", file));
        Assert.Contains("b.jsonx", run.Error.ToString());
        Assert.Single(run.Output);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Records = @([pscustomobject]@{ eventName = 'CreateTrail' }, [pscustomobject]@{ eventName = 'DeleteTrail' }) }")]
    [InlineData("[pscustomobject]@{ eventName = 'CreateTrail' }, [pscustomobject]@{ eventName = 'DeleteTrail' }")]
    [InlineData("[pscustomobject]@{ Events = @(@{ CloudTrailEvent = '{\"eventName\":\"CreateTrail\"}' }, @{ CloudTrailEvent = '{\"eventName\":\"DeleteTrail\"}' }) }")]
    [InlineData("@{ eventName = 'CreateTrail' }, @{ eventName = 'DeleteTrail'; at = [datetime]::UtcNow; n = 1.5; list = @(1, $null, $true) }")]
    [InlineData("[pscustomobject]@{ EventName = 'x'; CloudTrailEvent = '{\"eventName\":\"CreateTrail\"}' }, [pscustomobject]@{ CloudTrailEvent = '{\"eventName\":\"DeleteTrail\"}' }")]
    [InlineData("[IO.FileInfo] $file")]
    [InlineData("[pscustomobject]@{ FullName = $file }")]
    public void Objects_are_taken_from_the_pipeline(string input)
    {
        var file = Write("a.json", Records);
        var names = _session.Objects($"{input} | Select-CisEvent '{{ $.eventName = *Trail }}' | ForEach-Object {{ $_.eventName }}", ("records", Records), ("file", file));
        Assert.Equal(["CreateTrail", "DeleteTrail"], names.Select(n => n.BaseObject));
    }

    [Fact]
    public void An_object_that_matches_is_returned_as_it_is_and_its_times_are_compared_as_CloudTrail_writes_them()
    {
        var same = _session.Objects(
            "$record = [pscustomobject]@{ eventTime = [datetime]::SpecifyKind([datetime] '2026-11-05T10:20:30', 'Utc'); userIdentity = [pscustomobject]@{ type = 'Root' } }; "
            + "[object]::ReferenceEquals($record, ($record | Select-CisEvent '{ $.eventTime = \"2026-11-05T10:20:30Z\" && $.userIdentity.type = Root }'))");
        Assert.Equal(true, Assert.Single(same).BaseObject);
    }

    [Fact]
    public void An_object_that_contains_itself_is_an_error()
    {
        var run = _session.Run("$loop = @{ eventName = 'DeleteTrail' }; $loop.self = $loop; $loop, @{ eventName = 'DeleteTrail' } | Select-CisEvent '{ $.eventName = *Trail }'");
        Assert.Contains("nested deeper than 200 levels", run.Error.ToString());
        Assert.Single(run.Output);
    }

    [Fact]
    public void A_file_that_decompresses_to_more_than_the_limit_is_refused()
    {
        var file = Path.Combine(_folder.FullName, "bomb.json.gz");
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            var blanks = Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024));
            for (var i = 0; i < 101; i++)
            {
                zip.Write(blanks);
            }
        }

        Assert.Contains("more than 100 Mi characters", _session.Run("Select-CisEvent '{ $.a = 1 }' -LiteralPath $file", ("file", file)).Error.ToString());
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
