using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Benchmarks;

/// <summary>The result document of a large account: 49 controls with 50,000 findings.</summary>
[MemoryDiagnoser]
public class ResultBenchmark
{
    private const int FindingCount = 50_000;

    private IReadOnlyList<CisResult> _results = [];

    private string _text = "";

    [GlobalSetup]
    public void Prepare()
    {
        var controls = DefaultPrograms.Benchmark.Controls;
        var run = new AssessmentRun(DateTimeOffset.UnixEpoch);
        _results = [.. controls.Select((control, n) => new CisResult(
            ResultValues.Of(AssessedControl.Of(control), "111122223333", run) with
            {
                Status = CisStatus.Fail,
                Reason = "2 of 15 console users have no MFA device: elin.sandberg, katarina.nyman.",
                Findings = [.. Enumerable.Range(0, FindingCount / controls.Count + 1).Select(i => Finding(n, i))],
            },
            run))];
        _text = ResultFile.Write(_results);
    }

    [Benchmark]
    public int Write() => ResultFile.Write(_results).Length;

    [Benchmark]
    public int Read() => ResultFile.Read(_text).Results.Count;

    private static FindingValues Finding(int control, int number) => new()
    {
        RuleId = "network-ssh",
        Status = CisStatus.Fail,
        ReasonCode = "OpenToTheInternet",
        Reason = $"Security group sg-{control:x4}{number:x8} allows ingress from 0.0.0.0/0 to port 22.",
        Resource = new CisResource(
            "AWS::EC2::SecurityGroup", $"sg-{control:x4}{number:x8}", $"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-{control:x4}{number:x8}", "eu-west-1",
            new Dictionary<string, string> { ["Name"] = $"web {number}", ["Owner"] = "ops" }),
        Facts = new([new CisFact("GroupName", $"web-{number}"), new CisFact("Rule", "tcp 22-22 from 0.0.0.0/0"), new CisFact("InterfaceCount", "3")]),
    };
}
