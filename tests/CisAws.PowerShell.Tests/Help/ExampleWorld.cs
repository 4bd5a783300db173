using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Help;

/// <summary>
/// What the examples of the help take for granted: credentials in the environment, a profile called audit, programs in the
/// store, and files in the current folder. All of it is gone in the end.
/// </summary>
internal sealed class ExampleWorld : IDisposable
{
    private readonly EnvironmentVariables _variables = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("examples ");

    private static readonly Lazy<byte[]> Evidence = new(() =>
    {
        using var file = new MemoryStream();
        EvidenceArchive.Write(AccountEvidence.Load(Path.Combine(ModuleLocation.Find(), "demo", "account.json")), file, sign: null);
        return file.ToArray();
    });

    public ExampleWorld(EmulatorServer server, string securityHub)
    {
        Set("AWS_ACCESS_KEY_ID", server.AccessKey);
        Set("AWS_SECRET_ACCESS_KEY", server.SecretKey);
        Set("AWS_SESSION_TOKEN", null);
        Set("CISAWS_PROGRAM_PATH", Path.Combine(_folder.FullName, "store"));
        WriteFiles(server);
        Session.Objects(
            Setup,
            ("folder", _folder.FullName),
            ("password", new System.Net.NetworkCredential("", "secret").SecurePassword),
            ("PSDefaultParameterValues", new DefaultParameterDictionary
            {
                ["Invoke-CisAssessment:EndpointUrl"] = server.Url.ToString(),
                ["Invoke-CisAssessment:ProfileLocation"] = Path.Combine(_folder.FullName, "credentials"),
                ["Test-CisAccess:EndpointUrl"] = server.Url.ToString(),
                ["Test-CisAccess:ProfileLocation"] = Path.Combine(_folder.FullName, "credentials"),
                ["Get-CisAccount:EndpointUrl"] = server.Url.ToString(),
                ["Get-CisAccount:ExternalId"] = "norrvik-cis",
                ["Get-CisAccount:ProfileLocation"] = Path.Combine(_folder.FullName, "credentials"),
                ["Get-CisEvidence:EndpointUrl"] = server.Url.ToString(),
                ["Copy-CisEvidence:EndpointUrl"] = server.Url.ToString(),
                ["Send-CisFinding:EndpointUrl"] = securityHub,
                ["Get-CisEvidence:ProfileLocation"] = Path.Combine(_folder.FullName, "credentials"),
            }));
    }

    public ModuleSession Session { get; } = new();

    /// <summary>A result document of the demo account.</summary>
    private static readonly Lazy<string> Results = new(() =>
    {
        var demo = AccountEvidence.FromJson(File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json")), DateTimeOffset.UtcNow);
        var results = new List<CisResult>();
        new Assessment(DefaultPrograms.Benchmark.Controls, [], demo.CollectedAt).RunAsync(demo, results.Add, CancellationToken.None).GetAwaiter().GetResult();
        return ResultFile.Write(results);
    });

    /// <summary>The programs that Get-CisProgram norrvik and the like find, and the strict mode that does not let a misspelt property pass.</summary>
    private const string Setup =
        """
        Set-Location $folder
        New-CisProgram norrvik -BasedOn cis-aws-1.2.0-level-1 -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -Owner 'J. Ek' | Out-Null
        7, -7 | ForEach-Object {
            New-CisExemption '4.1' "sg$_" -Reason 'It goes.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays($_)) | Set-CisProgram norrvik
        }
        New-CisProgram test-1 | Out-Null
        Export-CisProgram norrvik ./programs/norrvik.json
        New-CisProgram retail -Path ./programs/retail.json | Out-Null
        Set-CisProgram norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = 60 } }
        Set-StrictMode -Version Latest
        """;

    public void Dispose()
    {
        Session.Dispose();
        _variables.Dispose();
        _folder.Delete(recursive: true);
    }

    private void WriteFiles(EmulatorServer server)
    {
        // A location alone means its default profile.
        var keys = $"aws_access_key_id = {server.AccessKey}\naws_secret_access_key = {server.SecretKey}\n";
        Write("credentials", $"[default]\n{keys}[audit]\n{keys}");
        Write("accounts.csv", "AccountId,RoleArn,ExternalId,Region\n111122223333,arn:aws:iam::111122223333:role/CisAuditor,norrvik-cis,eu-west-1\n");
        Write("filters.csv", "ControlId,FilterPattern\n3.5,{ $.eventName = *Trail }\n3.3,{ $.userIdentity.type = Root }\n");
        Write("exemptions.csv", "ControlId,Resource,AccountId,Region\n4.1,sg-2,,eu-west-1\n1.10,,111122223333,\n");
        Write(
            "account.plan.csv",
            "Status,Decision,DecisionReason,Owner,DueDate,Ticket,FindingKey\n" +
            $"Fail,Accept,Bastion.,J. Ek,{DateTime.UtcNow.AddDays(7):yyyy-MM-dd},,cis-aws-1.2.0/4.1/111122223333/eu-north-1/sg-0b6d907f35d4ccea7\n");
        Write("answers.csv", "ControlId,Status,Answer,By\n1.17,Passed,Compared.,A. Lind\n");
        Write("cloudtrail-changes.txt", "{ $.eventName = *Trail }");
        Write("event.json", """{"eventName":"StopLogging"}""");
        Write("lookup-events.json", """{"Events":[{"CloudTrailEvent":"{\"errorCode\":\"Client.UnauthorizedOperation\"}"}]}""");
        var attestations = $$"""
            [{
              "control_id": "1.17", "status": "failed", "explanation": "Old.", "frequency": "annually",
              "updated": "{{DateTime.UtcNow:yyyy-MM-dd}}", "updated_by": "A. Lind"
            }]
            """;
        Write("attestations.json", attestations);
        Write("attested/2026.json", attestations);
        Write("results.json", Results.Value);
        Write("runs/2026-01-31.json", Results.Value);
        foreach (var name in new[] { "account.cisevidence", "2026-q3.cisevidence", "2026-q4.cisevidence" })
        {
            File.WriteAllBytes(Prepare(name), Evidence.Value);
        }

        File.WriteAllBytes(Prepare("evidence/runs/111122223333/20270331T120000Z.cisevidence"), Evidence.Value);
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=Auditor", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(Prepare("auditor.pfx"), certificate.Export(X509ContentType.Pfx, "secret"));
        File.WriteAllText(Prepare("auditor.cer"), certificate.ExportCertificatePem());
        using var records = new GZipStream(File.Create(Prepare("records/1.json.gz")), CompressionLevel.Fastest);
        records.Write(Encoding.UTF8.GetBytes(
            """
            {"Records": [{
              "eventTime": "2026-11-01T00:00:00Z", "eventName": "ConsoleLogin", "eventType": "AwsConsoleSignIn", "userIdentity": {"type": "Root"}
            }]}
            """));
    }

    private void Write(string name, string text) => File.WriteAllText(Prepare(name), text);

    private string Prepare(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Set(string name, string? value) => _variables.Set(name, value);
}
