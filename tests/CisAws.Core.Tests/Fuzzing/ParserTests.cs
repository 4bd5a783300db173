using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Programs;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Programs;
using CisAws.Rules.Alarms;
using CisAws.Rules.Iam;
using CisAws.Rules.Network;
using CisAws.Rules.Policies;
using CisAws.Testing;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Fuzzing;

/// <summary>The parsers of Core accept or refuse whatever text they are given, and what they write they read.</summary>
public sealed class ParserTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static AccountEvidence Demo { get; } = DemoAccount.Load();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public Task Policies() => Fuzz.CheckAsync(
        "policy documents",
        [
            .. PolicyDocuments().Distinct().Take(20),
            $$"""{"Statement":[{"Effect":"Allow","Action":["{{string.Concat(Enumerable.Range(0, 200).Select(i => $"*{(char)('a' + (i * 7 % 26))}"))}}*","iam:*"],"Resource":"*"}]}""",
            """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":["111122223333","*"]},"NotAction":["s3:*"],"NotResource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}}""",
            """{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:*"}}}]}""",
        ],
        ["*?", "***a", "[null]", "\"sns:*\"", "\"Statement\"", "\"Effect\"", "\"Allow\"", "\"Action\"", "\"NotAction\"", "\"Resource\"", "\"Principal\"", "\"AWS\"", "\"Service\"", "\"Condition\"", "\"*\"", "\"iam:*\"", "\"arn:aws:s3:::b/*\""],
        text =>
        {
            var isPolicy = PolicyDocument.TryParse(text, out var document, out var problem);
            Assert.True(isPolicy ? problem is null : problem is { Length: > 0 });
            if (document is not null)
            {
                AdministrativeAccess.Of(document, "aws");
            }

            var publicStatements = BucketPolicyDocument.PublicStatements(text);
            var isKnown = TopicPolicy.AllowsAlarms(text, "111122223333") is not null;
            return isPolicy || publicStatements is not null || isKnown;
        });

    [Fact]
    public Task Patterns() => Fuzz.CheckAsync(
        "filter patterns",
        [
            .. Demo.SubjectsOf(EvidenceKinds.MetricFilters).SelectMany(s => Demo.Get(EvidenceKinds.MetricFilters, s).Match(f => f, _ => [])).Select(f => f.Pattern),
            .. Benchmark.Default.Controls.SelectMany(c => c.Rules).OfType<MetricFilterAlarm>().Select(r => r.Reference.Pattern),
            "{ ($.a = %^x[a-z]{2,3}\\d+$%) && ($.b[0].c NOT EXISTS || $.d IS TRUE) }", "[ip, user, status = 4*]", "?ERROR ?WARN -exit", "\"a phrase\"", "",
        ],
        ["$.eventName", "$.userIdentity.type", " = ", " != ", " >= ", " || ", " && ", " NOT EXISTS", " IS NULL", " IS TRUE", "%a|b%", "\"*\"", "[0]", "{", "}", "(", ")", "?", "-"],
        text =>
        {
            if (!FilterPattern.TryParse(text, out var pattern, out var error))
            {
                Assert.InRange(error.Position, 1, text.Length + 1);
                return false;
            }

            Assert.Equal(pattern, FilterPattern.Parse(pattern.ToString()));
            if (pattern.Root is not null)
            {
                pattern.Matches(Event);
            }

            return true;
        });

    [Fact]
    public Task Programs() => Fuzz.CheckAsync(
        "programs",
        [.. Enumerable.Range(0, 12).Select(seed => ProgramFormat.Write(ProgramGenerator.Programs.Generate(new PCG(0, (ulong)seed), null, out _))).Where(t => Read.Text(t).Program is not null)],
        ["\"schemaVersion\": 1", "\"basedOn\": \"cis-aws-1.2.0\"", "\"controls\"", "\"exemptions\": []", "\"attestations\"", "\"settings\"", "\"1.3\"", "\"3.*\"", "\"expires\"", "\"2027-01-31\"", "\"MaxUnusedCredentialDays\": 45"],
        text =>
        {
            var reading = Read.Text(text);
            ProgramReader.IsProgram(text);
            if (reading.Program is not { } program)
            {
                Assert.Contains(reading.Problems, p => p.Severity == ProblemSeverity.Error);
                return false;
            }

            var written = ProgramFormat.Write(program);
            Assert.Equal(written, ProgramFormat.Write(Read.Text(written).Program!));
            return true;
        });

    [Fact]
    public Task Attestations() => Fuzz.CheckAsync(
        "attestation files",
        [
            """[{"control_id":"1.18","explanation":"Checked with the owner.","frequency":"annually","status":"passed","updated":"2026-10-01","updated_by":"Ada"}]""",
            """{"plugins":{"inspec-reporter-json-hdf":{"attestations":[{"control_id":"cis-aws-foundations-1.15","explanation":"x","frequency":"monthly","status":"failed","updated":"2026-11-01T00:00:00Z","updated_by":"Ada"}]}}}""",
        ],
        ["\"attestations\"", "\"control_id\"", "\"1.18\"", "\"passed\"", "\"failed\"", "\"frequency\"", "\"quarterly\"", "\"updated\"", "\"2026-11-01\""],
        text =>
        {
            File.WriteAllBytes(_file, Encoding.UTF8.GetBytes(text));
            try
            {
                AttestationFile.Read(_file, Read.Now);
                return true;
            }
            catch (ProgramException)
            {
                return false;
            }
        });

    [Fact]
    public Task Evidence() => Fuzz.CheckAsync(
        "evidence files",
        [.. EvidenceKinds.All.Select(Part).Distinct()],
        ["\"schema\"", "\"cisaws-evidence/1.1\"", "\"evidence\"", "\"account\"", "\"value\"", "\"unreadable\"", "\"kind\"", "\"AccessDenied\"", "\"time\"", "\"region\"", "\"ec2.vpcs\"", "\"iam.credentialReport\"", "\"regions\""],
        text =>
        {
            try
            {
                var evidence = AccountEvidence.FromJson(text);
                var written = evidence.ToJson();
                Assert.Equal(written, AccountEvidence.FromJson(written).ToJson());
                AccountEvidence.FromJson(text, DateTimeOffset.UnixEpoch);
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        });

    [Fact]
    public Task Composite_alarms() => Fuzz.CheckAsync(
        "rules of composite alarms",
        ["ALARM(\"a\") OR (NOT OK(b) AND INSUFFICIENT_DATA(\"arn:aws:cloudwatch:us-east-1:111122223333:alarm:c\"))", "AT_LEAST(2, NOT OK, (a, \"b\", c)) AND TRUE", "AT_LEAST(60%, ALARM, (a, b)) OR FALSE"],
        ["ALARM(", "OK(", "INSUFFICIENT_DATA(", "AT_LEAST(", "NOT ", " AND ", " OR ", "TRUE", "FALSE", "%", ",", "(", ")"],
        text =>
        {
            if (AlarmRule.TryParse(text) is not { } rule)
            {
                return false;
            }

            rule.Evaluate(_ => null);
            return rule.References().All(r => r.Alarm is not null);
        });

    [Fact]
    public Task Metric_math() => Fuzz.CheckAsync(
        "metric math",
        ["SUM([m1, m2])", "IF(m1 > 0 AND m2 < 5, m1, 0)", "FILL(m1, 0) * 100 / (m1 + 1)", "MAX(METRICS()) - -3.5e2", "m1 || m2 && m1 == 1"],
        ["SUM(", "MAX(", "IF(", "FILL(", "METRICS()", "RATE(", "m1", "m2", " AND ", " OR ", " > ", "[", "]", "100", "REPEAT", "(", ")"],
        text =>
        {
            var stat = new MetricStat("CISBenchmark", "Metric", [], "Sum", 300);
            MetricDataQuery[] queries = [new("m1", false, MetricStat: stat), new("m2", false, MetricStat: stat), new("e", true, text)];
            MetricMath.DependenciesOf(queries, "e");
            return MetricMath.Evaluate(queries, "e", _ => MetricValue.AnyCount) is not null;
        });

    [Fact]
    public Task Words() => Fuzz.CheckAsync(
        "ARNs, CIDR blocks, control IDs, dates",
        ["arn:aws:iam::111122223333:role/Auditor", "10.0.0.0/8", "2001:db8::/32", "3.1[0-4]", "1.10", "2026-11-28", "2026-11-28T09:00:00+00:00"],
        ["arn:", "aws-cn", "*", "?", "[", "]", "/0", "/128", "::", ".", "no_information", "not_supported", "N/A", "T00:00:00Z"],
        text =>
        {
            var arn = Arn.TryParse(text);
            Assert.True(arn is null || Arn.TryParse(arn.ToString()) == arn);
            var isSelector = ControlSelector.TryParse(text, out var selector);
            Assert.True(!isSelector || ControlSelector.TryParse(selector!.ToString(), out _));
            var isId = ControlId.TryParse(text, out var id);
            Assert.True(!isId || (ControlId.TryParse(id!.ToString(), out var again) && again!.Equals(id)));
            var day = IsoDate.TryRead(text);
            Assert.True(day is null || IsoDate.TryRead(IsoDate.Write(day.Value)) == day);
            ReportedTime.Parse(text);
            TerminalText.Escape(text);
            Wildcard.Matches(text, "arn:aws:iam::111122223333:role/Auditor");
            return arn is not null || isSelector || isId || day is not null || CidrBlock.TryParse(text) is not null;
        });

    private static JsonElement Event { get; } = JsonDocument.Parse(
        """{"eventName":"CreateTrail","userIdentity":{"type":"Root"},"a":"xab12","b":[{"c":1}],"d":true,"e":null,"n":1e3}""").RootElement;

    /// <summary>The account with one kind of evidence, so that a change is likely to be in it.</summary>
    private static string Part(EvidenceKind kind)
    {
        var part = new AccountEvidence(Demo.Account, Demo.CollectedAt) { CompletedAt = Demo.CompletedAt, Regions = Demo.Regions };
        foreach (var subject in Demo.SubjectsOf(kind).Take(2))
        {
            part.Add(kind, subject, Demo.Get(kind, subject));
        }

        return part.ToJson();
    }

    private static IEnumerable<string> PolicyDocuments() => Demo.Get(EvidenceKinds.AuthorizationDetails).Match(
        d => d.Policies.SelectMany(p => p.Versions).Select(v => v.Document).Concat(d.Roles.SelectMany(r => r.InlinePolicies.Select(p => p.Document).Prepend(r.AssumeRolePolicyDocument))),
        _ => []);
}
