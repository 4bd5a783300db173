using System;
using System.Linq;
using CisAws.Programs;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Programs;

public sealed class ProgramReaderTests
{
    private const string Exemption = "\"control\": \"4.1\", \"reason\": \"r\", \"owner\": \"o\"";
    private const string Attestation = "\"control_id\": \"1.17\", \"explanation\": \"e\", \"updated_by\": \"u\"";

    // Members of the file, the line (they begin on line 4), the path, and parts of the message and of the fix.
    [Theory]
    [InlineData("\"ownr\": \"x\"", "UnknownKey", 4, "$.ownr", "'ownr' is not valid in a program", "Did you mean 'owner'?")]
    [InlineData("\"zebra\": 1", "UnknownKey", 4, "$.zebra", "'zebra' is not valid in a program", "Valid in a program: $schema, schemaVersion, name")]
    [InlineData("\"owner\": \"a\",\n\"owner\": \"b\"", "DuplicateEntry", 5, "$.owner", "'owner' appears twice", "Remove one")]
    [InlineData("\"owner\": 7", "InvalidValue", 4, "$.owner", "7 is not valid here", "a non-empty string")]
    [InlineData("\"owner\": \" \"", "InvalidValue", 4, "$.owner", "' ' is not valid", "a non-empty string")]
    [InlineData("\"controls\": []", "InvalidValue", 4, "$.controls", "a list is not valid here", "an object")]
    [InlineData("\"controls\": {\n\"ids\": [\n\"1.99\"]}", "InvalidValue", 6, "$.controls.ids[0]", "'1.99' is not valid", "a control ID such as 1.10")]
    [InlineData("\"controls\": {\"ids\": [\"1.1\", \"1.1\"]}", "DuplicateEntry", 4, "$.controls.ids[1]", "1.1 appears twice", "Remove")]
    [InlineData("\"controls\": {\"ids\": [1.1]}", "InvalidValue", 4, "$.controls.ids[0]", "1.1 is not valid", "matches at least one control, in quotes")]
    [InlineData("\"controls\": {\"levels\": [3]}", "InvalidValue", 4, "$.controls.levels[0]", "3 is not valid", "1 or 2")]
    [InlineData("\"controls\": {\"sections\": [\"iam\"]}", "InvalidValue", 4, "$.controls.sections[0]", "'iam' is not valid", "IAM, Logging, Monitoring, Networking")]
    [InlineData("\"controls\": {\"scored\": \"yes\"}", "InvalidValue", 4, "$.controls.scored", "'yes' is not valid", "true or false, without quotes")]
    [InlineData("\"controls\": {\"exclude\": [{\"id\": \"1.1\"}]}", "MissingKey", 4, "$.controls.exclude[0]", "'reason' is missing", "Add \"reason\"")]
    [InlineData("\"controls\": {\"exclude\": [{\"id\": \"1.1\", \"reason\": \"a\"},\n{\"id\": \"1.1\", \"reason\": \"b\"}]}", "DuplicateEntry", 5, "$.controls.exclude[1].id", "1.1 appears", "Remove")]
    [InlineData("\"controls\": {\"exclude\": [{\"id\": \"*\", \"reason\": \"a\"}]}", "NoControls", 4, "$.controls", "selects no controls", "Choose controls")]
    [InlineData("\"settings\": {\"9.9\": {}}", "UnknownControl", 4, "$.settings['9.9']", "'9.9' is not valid", "a control ID")]
    [InlineData("\"settings\": {\n\"1.3\": {\n\"MaxUnusedDays\": 45}}", "UnknownSetting", 6, "$.settings['1.3'].MaxUnusedDays", "1.3 has no setting 'MaxUnusedDays'", "1.3 has: MaxUnusedCredentialDays")]
    [InlineData("\"settings\": {\"1.3\": {\"maxUnusedCredentialDays\": 45}}", "UnknownSetting", 4, "$.settings['1.3'].maxUnusedCredentialDays", "no setting", "Did you mean 'MaxUnusedCredentialDays'?")]
    [InlineData("\"settings\": {\"1.5\": {\"Min\": 1}}", "UnknownSetting", 4, "$.settings['1.5'].Min", "1.5 has no setting", "1.5 has no settings")]
    [InlineData("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 0}}", "InvalidValue", 4, "$.settings['1.3'].MaxUnusedCredentialDays", "0 is not valid", "a whole number from 1 to 3650")]
    [InlineData("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 4.5}}", "InvalidValue", 4, "$.settings['1.3'].MaxUnusedCredentialDays", "4.5 is not valid", "90 by default")]
    [InlineData("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": \"45\"}}", "InvalidValue", 4, "$.settings['1.3'].MaxUnusedCredentialDays", "'45' is not valid", "Expected a whole number from 1 to 3650, without quotes (MaxUnusedCredentialDays of 1.3, 90 by default).")]
    [InlineData("\"settings\": {\"1.19\": {\"InstanceRoleMode\": \"strict\"}}", "InvalidValue", 4, "$.settings['1.19'].InstanceRoleMode", "'strict' is not valid", "one of Strict, Advisory")]
    [InlineData("\"settings\": {\"1.16\": {\"AllowedDirectPolicyArns\": [\"AdministratorAccess\"]}}", "InvalidValue", 4, "$.settings['1.16'].AllowedDirectPolicyArns", "a list is not valid", "each of which matches ^arn:aws")]
    [InlineData("\"settings\": {\"3.1\": {\"Pattern\": \"{ $.eventName = }\"}}", "InvalidValue", 4, "$.settings['3.1'].Pattern", "is not valid here", "a CloudWatch Logs filter pattern")]
    [InlineData("\"settings\": {\"3.1\": {\"Pattern\": \"DeleteTrail\"}}", "InvalidValue", 4, "$.settings['3.1'].Pattern", "'DeleteTrail' is not valid", "for JSON events")]
    [InlineData("\"settings\": {\"3.*\": {\"AlarmSensitivity\": \"Ignore\"},\n\"3.1?\": {\"AlarmSensitivity\": \"Warn\"}}", "DuplicateEntry", 5, "$.settings['3.1?'].AlarmSensitivity", "Both 3.* and 3.1? set AlarmSensitivity for 3.10", "only one of them matches 3.10")]
    [InlineData("\"accountSettings\": {\"42\": {}}", "InvalidValue", 4, "$.accountSettings['42']", "'42' is not valid", "12 digits")]
    [InlineData("\"scope\": {\"accounts\": [111122223333]}", "InvalidValue", 4, "$.scope.accounts[0]", "111122223333 is not valid", "12 digits, in quotes")]
    [InlineData("\"scope\": {\"regions\": [\"Ireland\"]}", "InvalidValue", 4, "$.scope.regions[0]", "'Ireland' is not valid", "eu-west-1")]
    [InlineData("\"severities\": {\"1.12\": \"Severe\"}", "InvalidValue", 4, "$.severities['1.12']", "'Severe' is not valid", "Informational, Low, Medium, High, Critical")]
    [InlineData("\"severities\": {\"1.*\": \"Low\",\n\"*.1\": \"High\"}", "DuplicateEntry", 4, "$.severities", "Both 1.* and *.1 set a severity for 1.1", "only one of them matches 1.1")]
    [InlineData("\"exemptions\": [{" + Exemption + "}]", "MissingKey", 4, "$.exemptions[0]", "'expires' is missing", "\"expires\": \"2027-02-22\"")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"31.12.2027\"}]", "InvalidValue", 4, "$.exemptions[0].expires", "'31.12.2027' is not valid", "a date such as 2027-03-31")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2027-02-30\"}]", "InvalidValue", 4, "$.exemptions[0].expires", "'2027-02-30' is not valid", "a date")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\"},\n{" + Exemption + ", \"expires\": \"2028-01-01\"}]", "DuplicateEntry", 5, "$.exemptions[1]", "An exemption for 4.1", "Remove one")]
    [InlineData("\"exemptions\": [{\"control\": \"*\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]", "CoversEverything", 4, "$.exemptions[0]", "every resource of every control", "coversEverything")]
    [InlineData("\"exemptions\": [{\"control\": \"?.*\", \"resource\": \"arn:aws:*\", \"account\": \"111122223333\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]", "CoversEverything", 4, "$.exemptions[0]", "every resource", "set the scope")]
    [InlineData("\"exemptions\": [{\"control\": \"5.1\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]", "UnknownControl", 4, "$.exemptions[0].control", "'5.1' is not valid", "a control ID")]
    [InlineData("\"exemptions\": {}", "InvalidValue", 4, "$.exemptions", "an object is not valid here", "a list: [ ... ]")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\"},\n\"4.1\"]", "InvalidValue", 5, "$.exemptions[1]", "'4.1' is not valid here", "an object")]
    [InlineData("\"exemptions\": [\n7,\n{" + Exemption + "}],\n\"allowPermanentExemptions\": true", "InvalidValue", 5, "$.exemptions[0]", "7 is not valid here", "an object")]
    [InlineData("\"attestations\": [null]", "InvalidValue", 4, "$.attestations[0]", "null is not valid here", "an object")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"updated\": \"2026-11-01\", \"frequency\": \"monthly\"}]", "MissingKey", 4, "$.attestations[0]", "'status' is missing", "Add \"status\"")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"ok\", \"updated\": \"2026-11-01\", \"frequency\": \"monthly\"}]", "InvalidValue", 4, "$.attestations[0].status", "'ok' is not valid", "passed or failed")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2026-11-01\"}]", "MissingKey", 4, "$.attestations[0]", "'frequency' is missing", "annually")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2026-11-01\", \"frequency\": \"often\"}]", "InvalidValue", 4, "$.attestations[0].frequency", "'often' is not valid", "annually, semiannually")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2027-11-01\", \"frequency\": \"1y\"}]", "InvalidValue", 4, "$.attestations[0].updated", "'2027-11-01' is not valid", "not in the future")]
    [InlineData("\"benchmark\": 1.2", "InvalidValue", 4, "$.benchmark", "1.2 is not valid", "cis-aws-1.2.0")]
    [InlineData("\"benchmark\": \"nist-800-53\"", "UnknownBenchmark", 4, "$.benchmark", "There is no benchmark 'nist-800-53'", "The benchmarks are: cis-aws-1.2.0")]
    [InlineData("\"benchmark\": \"CIS-AWS-1.2.0\"", "UnknownBenchmark", 4, "$.benchmark", "no benchmark 'CIS-AWS-1.2.0'", "Did you mean 'cis-aws-1.2.0'?")]
    [InlineData("\"basedOn\": \"nothing\"", "BaseNotFound", 4, "$.basedOn", "program 'nothing' was not found", "Get-CisProgram")]
    public void A_mistake_is_told_with_its_place_and_what_would_be_right(string members, string code, int line, string path, string message, string fix)
    {
        var problem = Read.Problem(members);
        Assert.Equal((ProblemSeverity.Error, code, line, path, "test.json"), (problem.Severity, problem.Code, problem.Line, problem.Path, problem.File));
        Assert.Contains(message, problem.Message);
        Assert.Contains(fix, problem.Fix);
        Assert.Null(Read.Text(Read.Json(members)).Program);
    }

    [Theory]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2026-11-23\"}]", "Expired", "expired on 2026-11-23")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2026-10-23\", \"frequency\": \"monthly\"}]", "Expired", "was valid until 2026-11-23")]
    [InlineData("\"attestations\": [{\"control_id\": \"1.5\", \"explanation\": \"e\", \"updated_by\": \"u\", \"status\": \"passed\", \"updated\": \"2026-11-01\", \"frequency\": \"1y\"}]", "NoEffect", "a rule decides 1.5")]
    [InlineData("\"basedOn\": \"cis-aws-1.2.0-level-1\", \"settings\": {\"2.8\": {\"IncludeDisabledKeys\": true}}", "NoEffect", "does not contain 2.8")]
    [InlineData("\"controls\": {\"ids\": [\"1.*\"]}, \"severities\": {\"4.*\": \"High\"}", "NoEffect", "does not contain 4.*")]
    [InlineData("\"scope\": {\"accounts\": [\"111122223333\"]}, \"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"account\": \"444455556666\"}]", "NoEffect", "account 444455556666 is not in the program's scope")]
    [InlineData("\"scope\": {\"regions\": [\"eu-west-1\"]}, \"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"region\": \"us-east-1\"}]", "NoEffect", "region us-east-1 is not in the program's scope")]
    [InlineData("\"scope\": {\"accounts\": [\"111122223333\"]}, \"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2026-11-01\", \"frequency\": \"1y\", \"account_id\": \"444455556666\"}]", "NoEffect", "account 444455556666 is not in the program's scope")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"region\": \"eu-wset-1\"}]", "UnknownRegion", "'eu-wset-1' is not an AWS region")]
    [InlineData("\"scope\": {\"regions\": [\"eu-west-11\"]}", "UnknownRegion", "'eu-west-11' is not an AWS region")]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"region\": \"us-east-1\", \"resource\": \"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1\"}]", "NoEffect", "in another account or region")]
    [InlineData("\"scope\": {\"accounts\": [\"111122223333\"]}, \"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"resource\": \"arn:aws:ec2:*:444455556666:security-group/sg-1\"}]", "NoEffect", "account 444455556666 is not in the program's scope")]
    [InlineData("\"controls\": {\"ids\": [\"1.*\"]}, \"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\"}]", "NoEffect", "does not contain 4.1")]
    public void What_has_no_effect_is_a_warning_and_no_refusal(string members, string code, string message)
    {
        var problem = Read.Problem(members);
        Assert.Equal((ProblemSeverity.Warning, code), (problem.Severity, problem.Code));
        Assert.Contains(message, problem.Message);
        Assert.NotNull(Read.Text(Read.Json(members)).Program);
    }

    [Theory]
    [InlineData("\"exemptions\": [{" + Exemption + ", \"expires\": \"2026-11-24\"}]")]
    [InlineData("\"allowPermanentExemptions\": true, \"exemptions\": [{" + Exemption + "}]")]
    [InlineData("\"exemptions\": [{\"control\": \"*\", \"coversEverything\": true, \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]")]
    [InlineData("\"exemptions\": [{\"control\": \"*\", \"resource\": \"arn:aws:s3:::*\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]")]
    [InlineData("\"scope\": {\"accounts\": [\"111122223333\"], \"regions\": [\"eu-west-1\"]}, \"exemptions\": [{" + Exemption + ", \"expires\": \"2027-01-01\", \"resource\": \"arn:aws:ec2:eu-west-1:111122223333:*\"}]")]
    [InlineData("\"controls\": {\"ids\": [\"3.1[0-4]\"]}, \"severities\": {\"3.1[0-2]\": \"Low\", \"3.1[34]\": \"High\"}")]
    [InlineData("\"exemptions\": [{\"control\": \"4.*\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]")]
    [InlineData("\"attestations\": [{" + Attestation + ", \"status\": \"passed\", \"updated\": \"2026-11-01T08:00:00.000Z\", \"frequency\": \"90 d\"}]")]
    [InlineData("\"benchmark\": \"cis-aws-1.2.0\", \"controls\": {\"ids\": [\"4.1\"]}")]
    [InlineData("\"benchmark\": \"cis-aws-1.2.0\", \"basedOn\": \"cis-aws-1.2.0-level-1\"")]
    [InlineData("\"settings\": {\"3.1\": {\"Pattern\": \"\"}, \"3.*\": {\"AlarmSensitivity\": \"Ignore\"}, \"1.16\": {\"AllowedDirectPolicyArns\": []}}")]
    public void What_is_in_order_has_no_problem(string members) => Assert.Empty(Read.Problems(members));

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n\"name\": \"x\",\n}", 3)]
    [InlineData("{\n// why\n\"name\": \"x\"}", 2)]
    [InlineData("{\"name\": \"\\ud800\"}", 1)]
    [InlineData("{} {}", 1)]
    [InlineData("{\"name\":\n\"x", 2)]
    public void What_is_not_JSON_is_told_with_its_line(string text, int line)
    {
        var problem = Assert.Single(Read.Text(text).Problems);
        Assert.Equal(("InvalidJson", line), (problem.Code, problem.Line));
        Assert.DoesNotContain("LineNumber", problem.Message);
    }

    [Fact]
    public void A_slip_in_JSON_is_told_in_words_with_its_line_and_path()
    {
        var problem = Assert.Single(Read.Text("{\n\"schemaVersion\": 1,\n\"scope\": {\n\"regions\": [\"eu-west-1\",]}}").Problems);
        Assert.Equal((4, "$.scope.regions"), (problem.Line, problem.Path));
        Assert.Equal("This is not valid JSON. There is a comma before ], with nothing after it. Remove the comma.", $"{problem.Message} {problem.Fix}");
    }

    [Theory]
    [InlineData("unknown keys", "UnknownKey", 29_900)]
    [InlineData("duplicate members", "DuplicateEntry", 19_899)]
    [InlineData("duplicate accounts", "DuplicateEntry", 19_899)]
    [InlineData("overlapping wildcards", "DuplicateEntry", 19_899)]
    [InlineData("duplicate exclusions", "DuplicateEntry", 19_899)]
    public void Of_very_many_mistakes_the_first_hundred_are_told(string kind, string code, int more)
    {
        var members = Enumerable.Range(0, kind == "unknown keys" ? 30_000 : 20_000).Select(i => kind switch
        {
            "unknown keys" => $"\"k{i}\": 1",
            "duplicate members" => "\"owner\": \"x\"",
            "duplicate accounts" => "\"111122223333\"",
            "overlapping wildcards" => $"\"1.{new string('*', 1 + (i % 7))}{(i % 2 == 0 ? "" : "*")}\": \"Low\"",
            _ => "{\"id\": \"1.1\", \"reason\": \"r\"}",
        });
        var list = string.Join(',', members);
        var problems = Read.Problems(kind switch
        {
            "duplicate accounts" => $"\"scope\": {{\"accounts\": [{list}]}}",
            "overlapping wildcards" => $"\"severities\": {{{list}}}",
            "duplicate exclusions" => $"\"controls\": {{\"exclude\": [{list}]}}",
            _ => list,
        });
        Assert.Equal(101, problems.Count);
        Assert.All(problems.Take(100), p => Assert.Equal(code, p.Code));
        Assert.Equal(("MoreProblems", $"{more} more errors are not listed."), (problems[100].Code, problems[100].Message));
    }

    [Fact]
    public void Errors_are_told_after_ever_so_many_warnings()
    {
        var old = string.Join(",\n", Enumerable.Range(0, 150).Select(i => $"{{{Exemption}, \"resource\": \"r{i}\", \"expires\": \"2020-01-01\"}}"));
        var problems = Read.Problems($"\"exemptions\": [{old}],\n\"ownr\": 1");
        Assert.Equal(["Expired 100", "UnknownKey 1", "MoreProblems 1"], problems.GroupBy(p => p.Code).Select(g => $"{g.Key} {g.Count()}"));
        Assert.Equal("50 more warnings are not listed.", problems[^1].Message);
        Assert.Null(Read.Text(Read.Json($"\"exemptions\": [{old}],\n\"ownr\": 1")).Program);
    }

    [Fact]
    public void Long_names_are_cut_in_messages()
    {
        // The path of each value in it, if it were kept, would be as long as the name.
        var name = new string('n', 1_000_000);
        var problem = Assert.Single(Read.Problems($"\"{name}\": [{string.Join(',', Enumerable.Repeat("1", 500_000))}]"));
        Assert.True(problem.Message.Length < 200 && problem.Path.Length < 200);
    }

    [Fact]
    public void Control_characters_of_a_file_do_not_reach_the_screen()
    {
        var problem = Read.Problem("\"\\u001b[2J\": 1");
        Assert.DoesNotContain('\u001b', problem.ToString());
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file() =>
        Assert.Equal(
            ["4 UnknownKey", "5 InvalidValue", "6 UnknownSetting"],
            Read.Problems("\"ownr\": \"x\",\n\"version\": 2,\n\"settings\": {\"1.3\": {\"MaxDays\": 1}}").Select(p => $"{p.Line} {p.Code}"));

    [Fact]
    public void A_program_of_a_newer_version_says_so_and_nothing_else()
    {
        var problem = Assert.Single(Read.Text("{\"schemaVersion\": 2, \"name\": \"x\", \"newThing\": {}}").Problems);
        Assert.Equal("NewerVersion", problem.Code);
        Assert.Contains("its format is 2, this version reads 1", problem.Message);
        Assert.Contains("Update the module", problem.Fix);
    }

    [Theory]
    [InlineData("{\"name\": \"x\"}", "'schemaVersion' is missing", "Begin the file with \"schemaVersion\": 1")]
    [InlineData("{\"schemaVersion\": 0, \"name\": \"x\"}", "0 is not valid", "1")]
    [InlineData("{\"schemaVersion\": 1}", "'name' is missing", "Add \"name\"")]
    [InlineData("{\"schemaVersion\": 1, \"name\": \"../x\"}", "'../x' is not a valid program name", "A program name consists of")]
    [InlineData("[]", "a list is not valid here", "an object")]
    public void A_file_says_what_it_is(string text, string message, string fix)
    {
        var problem = Read.Text(text).Problems[0];
        Assert.Contains(message, problem.Message);
        Assert.Contains(fix, problem.Fix);
    }

    [Fact]
    public void A_long_text_is_refused_before_it_fills_a_cell() =>
        Assert.Contains("2000 characters", Read.Problem($"\"description\": \"{new string('x', 2001)}\"").Fix);
}
