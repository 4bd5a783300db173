using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using CisAws.Aws.Calls.Responses;
using CisAws.Aws.Sessions;
using CisAws.Aws.Tests.FaultMatrix;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Fuzzing;

/// <summary>
/// What AWS answers, and what the machine has about its callers, is read or refused, whatever text it is: a fact is known, or says that the
/// response is not valid.
/// </summary>
public sealed class AnswerTests(AnswerTests.Answered answered) : IClassFixture<AnswerTests.Answered>, IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    [Fact]
    public Task XML_answers() => AnswersAsync(
        "answers in XML", isJson: false,
        ["<item>", "</item>", "<member>", "<nextToken>", "<Marker>", "<IsTruncated>true</IsTruncated>", "<requestId>", "xsi:type=\"Group\"", " xmlns=\"http://a\"", "<!DOCTYPE a>", "&lt;", "true", "2026-01-01T00:00:00Z"]);

    [Fact]
    public Task JSON_answers() => AnswersAsync(
        "answers in JSON", isJson: true,
        ["\"nextToken\"", "\"NextToken\"", "\"Truncated\":true", "\"Keys\"", "\"trailList\"", "null", "1772440200.5", "\"2026-01-01T00:00:00Z\"", "true", "[]", "{}"]);

    [Fact]
    public async Task Errors() => await Fuzz.CheckAsync(
        "errors",
        [
            """{"__type":"com.amazonaws.cloudtrail#TrailNotFoundException","message":"m"}""", """{"code":"AccessDenied","Message":"m"}""",
            "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>",
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>",
        ],
        ["\"__type\"", "\"message\"", "<Error>", "<Code>", "</Code>", "AccessDenied", "#", ":"],
        // It is decoded from UTF-8.
        text => ErrorBody.Read(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), null).Code is not null);

    [Fact]
    public async Task Credential_reports()
    {
        var account = answered.Account;
        var answer = account.Answers.AnswersTo("iam:GetCredentialReport")[0].Answer;
        var content = XElement.Parse(answer.Body).Descendants().First(e => e.Name.LocalName == "Content").Value;
        var report = Encoding.UTF8.GetString(Convert.FromBase64String(content));
        await Fuzz.CheckAsync(
            "credential reports",
            [report, string.Join('\n', report.Split('\n').Take(3)), report.Replace(",", "\",\"", StringComparison.Ordinal)],
            ["user", "<root_account>", "true", "false", "N/A", "no_information", "not_supported", "2026-01-01T00:00:00+00:00", ",", "\"", "\"\"", "\n", "mfa_active", "additional_credentials_info"],
            text =>
            {
                var body = answer.Body.Replace(content, Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
                var fact = Wait(account.ReadAsync(EvidenceKinds.CredentialReport, "", "iam:GetCredentialReport", body, Cancel));
                if (!IsRead(fact))
                {
                    return false;
                }

                Assert.DoesNotContain(Wait(account.AssessAsync(EvidenceKinds.CredentialReport, "", fact, Cancel)), r => r.ReasonCode == "RuleError");
                return true;
            });
    }

    [Fact]
    public async Task Profile_files() => await Fuzz.CheckAsync(
        "credentials and config files",
        [
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\nregion = eu-west-1\n",
            "[profile audit]\nrole_arn = arn:aws:iam::111122223333:role/Auditor\nsource_profile = default\nexternal_id = x\n\n[default]\naws_access_key_id=A\naws_secret_access_key=s\n",
            "[default]\ncredential_process = /bin/false\nservices = s\n[services s]\nec2 =\n  endpoint_url = http://127.0.0.1:1\n",
        ],
        ["[default]", "[profile ", "]", "=", "\n", "\n  ", "#", ";", "region = ", "role_arn = ", "source_profile = default", "mfa_serial = x", "sso_account_id = 111122223333", "sso_role_name = Auditor", "[sso-session corp]", "sso_session = corp", "endpoint_url = "],
        text =>
        {
            File.WriteAllBytes(_file, Encoding.UTF8.GetBytes(text));
            try
            {
                return Wait(CredentialChain.FindAsync(new ConnectionOptions { ProfileName = "default", ProfileLocation = _file }, Cancel)) is not null;
            }
            catch (ConnectionException)
            {
                return false;
            }
        });

    private async Task AnswersAsync(string name, bool isJson, IReadOnlyList<string> tokens)
    {
        var account = answered.Account;
        // The first character of a text says which action it is an answer to.
        var answers = FaultyAccount.Actions
            .SelectMany(a => account.Answers.AnswersTo(a).Where(r => r.Answer.Status == HttpStatusCode.OK && r.Answer.Body.Length > 0).Take(1).Select(r => (Action: a, r.Answer)))
            .Where(a => a.Answer.IsJson == isJson && a.Action != "s3:GetBucketPolicy").ToList();
        // An answer that says that there is another page, and is that page too, is refused.
        await Fuzz.CheckAsync(name, [.. answers.Select((a, i) => (char)('0' + i) + a.Answer.Body).Where(Parse)], tokens, Parse);

        bool Parse(string text)
        {
            var action = answers[text.Length == 0 ? 0 : Math.Abs(text[0] - '0') % answers.Count].Action;
            var (kind, subject) = account.SubjectOf(action);
            return IsRead(Wait(account.ReadAsync(kind, subject, action, text.Length == 0 ? "" : text[1..], Cancel)));
        }
    }

    /// <summary>An account that answers, for all tests of the class.</summary>
    public sealed class Answered : IAsyncLifetime
    {
        internal FaultyAccount Account { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Account = await FaultyAccount.StartAsync(Cancel);

        public ValueTask DisposeAsync() => Account.DisposeAsync();
    }

    private static bool IsRead(Observation fact)
    {
        Assert.True(fact.Failure is null or { Kind: ReadFailureKind.Malformed, Message.Length: > 0 }, $"{fact.Failure}: {fact.Failure?.Message}");
        return fact.Failure is null;
    }

    /// <summary>The texts come one after another on a thread of their own.</summary>
    private static T Wait<T>(Task<T> task)
    {
#pragma warning disable xUnit1031
        return task.GetAwaiter().GetResult();
#pragma warning restore xUnit1031
    }
}
