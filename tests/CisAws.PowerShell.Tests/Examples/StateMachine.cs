using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.PowerShell.Tests.Examples;

/// <summary>A task of a state machine failed with an error that the state machine can name.</summary>
internal sealed class TaskFailedException(string error, string cause) : Exception($"{error}: {cause}")
{
    public string Error { get; } = error;

    public string Cause { get; } = cause;
}

/// <summary>
/// An execution of a state machine in Amazon States Language, as AWS Step Functions runs it: as much of the language as the examples use, anything else is
/// an error. Time passes at once: intervals between retries are not waited for.
/// </summary>
/// <param name="definition">The definition, after substitutions.</param>
/// <param name="invoke">Invokes a function with a payload.</param>
/// <param name="readObject">Reads an object of a bucket.</param>
internal sealed class StateMachine(JsonObject definition, Func<string, JsonNode, Task<JsonNode?>> invoke, Func<string, string, string> readObject)
{
    /// <summary>How many tasks of a map run at the same time, whatever the definition allows.</summary>
    private const int Concurrency = 8;

    private readonly string _startTime = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private string _state = definition["StartAt"]!.GetValue<string>();

    private JsonNode? _input = new JsonObject();

    private MapRun? _mapRun;

    /// <summary>SUCCEEDED or FAILED, after a run.</summary>
    public string Status { get; private set; } = "";

    /// <summary>The error of an execution that failed.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The states that were entered, in their order.</summary>
    public List<string> Entered { get; } = [];

    /// <summary>The output of the last state that has one.</summary>
    public JsonNode? Output => _input;

    /// <summary>The items of the map: what became of each. Null before the map.</summary>
    public IReadOnlyList<string>? Items => _mapRun?.Status;

    /// <summary>Starts the execution, or redrives it: the state that failed is run again with the same input, and of a map the items that did not succeed.</summary>
    public async Task RunAsync()
    {
        (Status, Error) = ("", "");
        while (Status.Length == 0)
        {
            var state = definition["States"]![_state]!.AsObject();
            Entered.Add(_state);
            try
            {
                await StepAsync(state);
            }
            catch (TaskFailedException e)
            {
                (Status, Error) = ("FAILED", e.Error);
            }
        }
    }

    private async Task StepAsync(JsonObject state)
    {
        switch (Text(state, "Type"))
        {
            case "Task":
                _input = await TaskAsync(state, _input, Context());
                _state = Text(state, "Next");
                break;
            case "Map":
                await MapAsync(state);
                Assert.True(state.TryGetPropertyValue("ResultPath", out var path) && path is null, "The output of a large map does not fit into a state.");
                _state = Text(state, "Next");
                break;
            case "Choice":
                _state = Choices(state).FirstOrDefault() ?? Text(state, "Default");
                break;
            case "Succeed":
                Status = "SUCCEEDED";
                break;
            case "Fail":
                throw new TaskFailedException(Text(state, "Error"), Text(state, "Cause"));
            case var other:
                throw new NotSupportedException(other);
        }
    }

    private IEnumerable<string> Choices(JsonObject state) =>
        from choice in state["Choices"]!.AsArray().Select(c => c!.AsObject())
        where Path(Text(choice, "Variable"), _input, Context())!.GetValue<double>() == choice["NumericEquals"]!.GetValue<double>()
        select Text(choice, "Next");

    /// <summary>A distributed map: items that succeeded before stay as they are.</summary>
    private async Task MapAsync(JsonObject state)
    {
        var processor = state["ItemProcessor"]!.AsObject();
        Assert.Equal("DISTRIBUTED", Text(processor["ProcessorConfig"]!.AsObject(), "Mode"));
        if (_mapRun is null)
        {
            var reader = state["ItemReader"]!.AsObject();
            var place = Parameters(reader["Parameters"], _input, Context())!.AsObject();
            _mapRun = new(JsonNode.Parse(readObject(Text(place, "Bucket"), Text(place, "Key")))!.AsArray().Select(i => i!.DeepClone()).ToList());
        }

        var run = _mapRun;
        run.Reopen();
        var tolerated = state["ToleratedFailurePercentage"]!.GetValue<double>() / 100 * run.Items.Count;
        await Parallel.ForEachAsync(
            run.Open(), new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Concurrency, state["MaxConcurrency"]!.GetValue<int>()) }, async (index, _) =>
            {
                if (run.Failed > tolerated)
                {
                    return;
                }

                var input = Parameters(state["ItemSelector"], _input, Context(run.Items[index]));
                try
                {
                    await ChildAsync(processor, input);
                    // The run stops what is in progress when it fails.
                    run.Status[index] = run.Failed > tolerated ? "ABORTED" : "SUCCEEDED";
                }
                catch (TaskFailedException)
                {
                    run.Fail(index);
                }
            });
        if (run.Failed > tolerated)
        {
            throw new TaskFailedException("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
        }
    }

    private async Task ChildAsync(JsonObject processor, JsonNode? input)
    {
        // A child has a context of its own, which is not that of the execution.
        var task = processor["States"]![Text(processor, "StartAt")]!.AsObject();
        Assert.True(task["End"]!.GetValue<bool>());
        await TaskAsync(task, input, new JsonObject());
    }

    private async Task<JsonNode?> TaskAsync(JsonObject state, JsonNode? input, JsonObject context)
    {
        Assert.EndsWith(":states:::lambda:invoke", Text(state, "Resource"), StringComparison.Ordinal);
        var parameters = Parameters(state["Parameters"], input, context)!.AsObject();
        var attempts = new Dictionary<JsonNode, int>();
        while (true)
        {
            try
            {
                var output = await invoke(Text(parameters, "FunctionName"), parameters["Payload"]!);
                return Path(Text(state, "OutputPath"), new JsonObject { ["Payload"] = output }, context)?.DeepClone();
            }
            catch (TaskFailedException e) when (Retrier(state, e.Error) is { } retrier)
            {
                attempts[retrier] = attempts.GetValueOrDefault(retrier) + 1;
                if (attempts[retrier] > retrier["MaxAttempts"]!.GetValue<int>())
                {
                    throw;
                }
            }
        }
    }

    private static JsonNode? Retrier(JsonObject state, string error) =>
        state["Retry"]?.AsArray().FirstOrDefault(r => r!["ErrorEquals"]!.AsArray().Any(e => e!.GetValue<string>() == error));

    private JsonObject Context(JsonNode? item = null) => new()
    {
        ["Execution"] = new JsonObject { ["StartTime"] = _startTime },
        ["Map"] = new JsonObject { ["Item"] = new JsonObject { ["Value"] = item?.DeepClone() } },
    };

    /// <summary>A payload template: a field whose name ends with .$ has a path as its value.</summary>
    private static JsonNode? Parameters(JsonNode? template, JsonNode? input, JsonObject context) => template is not JsonObject fields
        ? template?.DeepClone()
        : new JsonObject(fields.Select(f => f.Key.EndsWith(".$", StringComparison.Ordinal)
            ? KeyValuePair.Create(f.Key[..^2], Path(f.Value!.GetValue<string>(), input, context)?.DeepClone())
            : KeyValuePair.Create(f.Key, Parameters(f.Value, input, context))));

    private static JsonNode? Path(string path, JsonNode? input, JsonObject context)
    {
        var (node, names) = path.StartsWith("$$.", StringComparison.Ordinal) ? (context, path[3..].Split('.')) : (input, path.Split('.')[1..]);
        foreach (var name in names)
        {
            node = node is JsonObject fields && fields.TryGetPropertyValue(name, out var value)
                ? value
                : throw new TaskFailedException("States.ParameterPathFailure", $"{path} is not in the input.");
        }

        return node;
    }

    private static string Text(JsonObject state, string name) => state[name]!.GetValue<string>();

    private sealed class MapRun(IReadOnlyList<JsonNode> items)
    {
        private int _failed;

        public IReadOnlyList<JsonNode> Items { get; } = items;

        public string[] Status { get; } = [.. items.Select(_ => "PENDING")];

        public int Failed => Volatile.Read(ref _failed);

        public void Fail(int index)
        {
            Status[index] = "FAILED";
            Interlocked.Increment(ref _failed);
        }

        public void Reopen() => Volatile.Write(ref _failed, 0);

        public List<int> Open() => Enumerable.Range(0, Items.Count).Where(i => Status[i] != "SUCCEEDED").ToList();
    }
}
