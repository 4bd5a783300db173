using CisAws.Benchmarks;

namespace CisAws.Programs;

/// <summary>A control of another version of the benchmark that the same rules decide. Its settings may differ.</summary>
/// <param name="Benchmark">The benchmark, such as cis-aws-3.0.0.</param>
/// <param name="ControlId">The number of the control in that benchmark.</param>
/// <param name="Title">What it requires, in one line.</param>
public sealed record CisRelatedControl(string Benchmark, ControlId ControlId, string Title)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Benchmark} {ControlId}";
}
