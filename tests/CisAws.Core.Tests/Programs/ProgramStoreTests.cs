using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Programs;

[Trait("Risk", "Timing")]
public sealed class ProgramStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("programs [test] ").FullName;

    private string Folder => Path.Combine(_root, "store");

    private ProgramStore Store => new([Folder], () => Read.Now);

    [Theory]
    [InlineData("norrvik")]
    [InlineData("Norrvik Prod & Test (EU) + 2")]
    [InlineData("O'Brien's")]
    [InlineData("Österreich-1.2")]
    [InlineData("a..b")]
    public void A_name_is_the_name_of_its_file(string name)
    {
        var written = Save(name);
        Assert.Equal(Path.Combine(Folder, name + ".json"), written.Path);
        Assert.Equal(written, Store.Get(name.ToUpperInvariant()));
        Assert.Contains((name, (string?)written.Path), Store.Names());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:evil")]
    [InlineData("say \"hi\"")]
    [InlineData("star*")]
    [InlineData("[a]")]
    [InlineData("dot.")]
    [InlineData("space ")]
    [InlineData("NUL")]
    [InlineData("com1.x")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0byte")]
    [InlineData("cis-program.schema")]
    [InlineData("x.json")]
    [InlineData("X.JSON")]
    [InlineData("a.json.json")]
    [InlineData("\ud800")]
    public void A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        var e = Assert.Throws<ProgramException>(() => Store.FileForNew(name));
        Assert.Equal(("InvalidName", ProgramName.Rule), (e.Code, e.RecommendedAction));
        Assert.NotEmpty(Read.Text("{\"schemaVersion\": 1, \"name\": " + System.Text.Json.JsonSerializer.Serialize(name) + "}").Problems);
    }

    [Fact]
    public void No_name_leads_out_of_the_store() => Gen.String[0, 12].Sample(
        name =>
        {
            if (ProgramName.IsValid(name))
            {
                Assert.Equal(Folder, Path.GetDirectoryName(Path.GetFullPath(Store.FileForNew(name))));
            }
        },
        iter: 5000);

    [Theory]
    [InlineData("cis-aws-1.2.0")]
    [InlineData("CIS-AWS-1.2.0-LEVEL-1")]
    public void A_default_programs_name_is_taken(string name) => Assert.Equal("DefaultProgram", Assert.Throws<ProgramException>(() => Store.FileForNew(name)).Code);

    [Fact]
    public void The_first_folder_that_has_a_program_wins()
    {
        var other = Path.Combine(_root, "machine");
        new ProgramStore([other]).Write(Path.Combine(other, "both.json"), _ => new CisProgram { Name = "both", Owner = "machine" });
        new ProgramStore([other]).Write(Path.Combine(other, "theirs.json"), _ => new CisProgram { Name = "theirs" });
        Save("both");
        var store = new ProgramStore([Folder, other]);
        Assert.Equal("", store.Get("both").Owner);
        Assert.Equal(Path.Combine(other, "theirs.json"), store.Get("theirs").Path);
        Assert.Equal(["both", "theirs"], store.Names().Where(n => n.File is not null).Select(n => n.Name));
        Assert.Equal(Path.Combine(Folder, "new.json"), store.FileForNew("new"));
    }

    [Fact]
    public void The_schema_lies_beside_the_programs_and_is_none()
    {
        Save("mine");
        Assert.Equal(ProgramSchema.Text(), File.ReadAllText(Path.Combine(Folder, "cis-program.schema.json")));
        Assert.Contains("\"$schema\": \"./cis-program.schema.json\"", File.ReadAllText(Path.Combine(Folder, "mine.json")));
        Assert.Equal(["mine"], Store.Names().Where(n => n.File is not null).Select(n => n.Name));
    }

    [Fact]
    public void A_program_that_is_not_in_order_is_not_written_and_nothing_is_lost()
    {
        var path = Save("mine").Path;
        var before = File.ReadAllText(path);
        var e = Assert.Throws<ProgramException>(() => Store.Write(path, p => p! with { Settings = new([new CisProgramSetting(ControlSelector.Parse("1.3"), "MaxUnusedCredentialDays", 0, null)]) }));
        Assert.Contains("a whole number from 1 to 3650", e.Message);
        Assert.DoesNotContain("line", e.Message);
        Assert.Throws<InvalidOperationException>(() => Store.Write(path, _ => throw new InvalidOperationException()));
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal(["cis-program.schema.json", "mine.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_broken_file_is_told_with_its_line_and_not_overwritten()
    {
        var path = Path.Combine(Folder, "mine.json");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(path, "{\"schemaVersion\": 1,\n\"name\": \"mine\",\n\"settings\": {\"1.3\": {\n\"MaxDays\": 45}}}");
        var e = Assert.Throws<ProgramException>(() => Store.Write(path, p => p!));
        Assert.Contains("line 4, $.settings['1.3'].MaxDays: 1.3 has no setting 'MaxDays'", e.Message);
        Assert.Equal("InvalidProgram", Assert.Throws<ProgramException>(() => Store.Get("mine")).Code);
        Assert.Contains("MaxDays", File.ReadAllText(path));
    }

    [Fact]
    public void Writers_at_the_same_time_lose_nothing()
    {
        var path = Save("mine").Path;
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Store.Write(path, p => p! with { Regions = new PrintableList<string>([.. p.Regions, $"eu-west-{i + 1}"]) }));
        Assert.Equal(24, Store.Get("mine").Regions.Count);
    }

    [Fact]
    public void A_reader_sees_the_old_text_or_the_new()
    {
        var path = Save("mine").Path;
        using var stop = new System.Threading.CancellationTokenSource();
        var token = stop.Token;
        var reader = Task.Run(() =>
        {
            var read = 0;
            do
            {
                Assert.Equal("mine", Store.Get("mine").Name);
                read++;
            }
            while (!token.IsCancellationRequested);
            return read;
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 40; i++)
        {
            var text = new string((char)('a' + (i % 26)), 1 + (i * 40));
            Store.Write(path, p => p! with { Description = text });
        }

        stop.Cancel();
#pragma warning disable xUnit1031 // The reader ends by itself now.
        Assert.True(reader.Result > 0);
#pragma warning restore xUnit1031
    }

    [Fact]
    public void Damage_of_every_kind_never_loses_a_program() => Gen.Select(Gen.Int[0, 1000], Gen.String[0, 6]).Sample(
        (at, put) =>
        {
            var folder = Path.Combine(_root, Guid.NewGuid().ToString("N"));
            var store = new ProgramStore([folder], () => Read.Now);
            var path = store.Write(Path.Combine(folder, "x.json"), _ => new CisProgram { Name = "x", Owner = "me" }).Path;
            var text = File.ReadAllText(path);
            File.WriteAllText(path, text.Insert(at % text.Length, put));
            var damaged = File.ReadAllBytes(path);
            try
            {
                store.Write(path, p => p! with { Version = "2" });
                Assert.Equal("x", store.Get("x").Name);
            }
            catch (ProgramException)
            {
                Assert.Equal(damaged, File.ReadAllBytes(path));
            }
        },
        iter: 100, threads: 1);

    [Fact]
    public void A_store_that_cannot_be_written_says_so_and_what_to_do()
    {
        var file = Path.Combine(_root, "a file");
        File.WriteAllText(file, "");
        var store = new ProgramStore([Path.Combine(file, "programs")]);
        var e = Assert.Throws<ProgramException>(() => store.Write(store.FileForNew("mine"), _ => new CisProgram { Name = "mine" }));
        Assert.Equal("ProgramNotWritten", e.Code);
        Assert.Contains("CISAWS_PROGRAM_PATH", e.RecommendedAction);
        Assert.DoesNotContain(store.Names(), n => n.File is not null);
        Assert.Equal(49, store.Get("cis-aws-1.2.0").Controls.Count);
    }

    [Fact]
    public void A_read_only_store_is_read_and_not_written()
    {
        var path = Save("mine").Path;
        // Root may write wherever permissions say no; a folder in the draft's place stops root too.
        Directory.CreateDirectory(path + ".lock");
        Assert.Equal("mine", Store.Get("mine").Name);
        var e = Assert.Throws<ProgramException>(() => Store.Write(path, p => p! with { Owner = "x" }));
        Assert.Equal("ProgramNotWritten", e.Code);
        Assert.Equal("", Store.Get("mine").Owner);
    }

    [Fact]
    public void A_program_whose_schema_cannot_be_written_is_written_with_a_warning()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "cis-program.schema.json"));
        var warnings = new System.Collections.Generic.List<string>();
        var written = Store.Write(Store.FileForNew("mine"), _ => new CisProgram { Name = "mine" }, warnings.Add);
        Assert.Equal(written, Store.Get("mine"));
        Assert.StartsWith("The program was written, but its schema", Assert.Single(warnings));
    }

    [Fact]
    public void What_a_change_brings_in_and_has_no_effect_is_warned_of_once()
    {
        var warnings = new System.Collections.Generic.List<string>();
        var exemption = new CisExemption { ControlId = ControlSelector.Parse("4.1"), Resource = "sg-1", Reason = "r", Owner = "o", Expires = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) };
        var path = Save("mine", p => p with { ChosenSections = new PrintableList<string>(["IAM"]) }).Path;
        Store.Write(path, p => p! with { Exemptions = new([exemption]) }, warnings.Add);
        Assert.Equal(2, warnings.Count);
        Assert.Contains(warnings, w => w.StartsWith("mine was written. The exemption for 4.1 expired on 2020-01-01", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Contains("the program does not contain 4.1", StringComparison.Ordinal));
        warnings.Clear();
        Store.Write(path, p => p! with { Owner = "x" }, warnings.Add);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("notes.txt", "hello")]
    [InlineData("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}")]
    [InlineData("document.json", "{\"schemaVersion\": \"2.2\"}")]
    [InlineData("list.json", "[{\"schemaVersion\": 1}]")]
    [InlineData("empty.json", "")]
    public void Only_a_programs_file_is_deleted(string name, string text)
    {
        var file = Path.Combine(_root, name);
        File.WriteAllText(file, text);
        Assert.Equal("NotAProgram", Assert.Throws<ProgramException>(() => ProgramStore.Delete(file)).Code);
        Assert.Equal(text, File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_root));
    }

    [Theory]
    [InlineData("{\"schemaVersion\": 1}")]
    [InlineData("{\"schemaVersion\": 7, \"what\": \"ever\"}")]
    [InlineData("{\"schemaVersion\": 1, \"name\": \"mine\",,")]
    public void A_program_that_is_not_valid_can_be_deleted(string text)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, "mine.json");
        File.WriteAllText(file, text);
        ProgramStore.Delete(file);
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.Equal("ProgramNotFound", Assert.Throws<ProgramException>(() => ProgramStore.Delete(file)).Code);
    }

    [Fact]
    public void A_change_keeps_the_files_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }

        var path = Save("mine").Path;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Store.Write(path, p => p! with { Owner = "x" });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_device_that_never_ends_is_not_read_for_ever()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "The device that gives zeros for ever.");
        Assert.Contains("larger than", Assert.Throws<ProgramException>(() => Store.GetFile("/dev/zero")).Message);
    }

    [Fact]
    public void Without_a_home_there_is_no_folder_of_the_user()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "The folders of Linux.");
        Assert.Equal(["/etc/cisaws/programs"], ProgramStore.DefaultFolders(_ => null));
        Assert.Equal(["/home/x/.config/cisaws/programs", "/etc/cisaws/programs"], ProgramStore.DefaultFolders(n => n == "HOME" ? "/home/x" : null));
        Assert.Equal(["/conf/cisaws/programs", "/etc/cisaws/programs"], ProgramStore.DefaultFolders(n => n == "XDG_CONFIG_HOME" ? "/conf" : null));
        Assert.Equal(["/a", "/b c"], ProgramStore.DefaultFolders(n => n == ProgramStore.Variable ? "/a:/b c" : "/home"));
        Assert.Equal("NoStore", Assert.Throws<ProgramException>(() => new ProgramStore([]).FileForNew("x")).Code);
    }

    [Fact]
    public void A_base_is_found_in_the_store_or_beside_the_file()
    {
        Save("base", p => p with { Settings = new([new CisProgramSetting(ControlSelector.Parse("1.3"), "MaxUnusedCredentialDays", 45, null)]) });
        Assert.Equal("base", Save("child", p => p with { BasedOn = "BASE" }).Base!.Name);
        var file = Path.Combine(Folder, "child.json");
        Assert.Equal("base", new ProgramStore([]).GetFile(file).Base!.Name);
        Assert.Equal("BaseNotFound", Assert.Throws<ProgramException>(() => Save("orphan", p => p with { BasedOn = "nobody" })).Problems[0].Code);
    }

    [Fact]
    public void Programs_that_build_on_each_other_in_a_circle_are_refused()
    {
        Save("a");
        Save("b", p => p with { BasedOn = "a" });
        var e = Assert.Throws<ProgramException>(() => Store.Write(Path.Combine(Folder, "a.json"), p => p! with { BasedOn = "b" }));
        Assert.Contains("is based on itself", e.Message);
        Assert.Null(Store.Get("a").BasedOn);
    }

    [Fact]
    public void A_file_of_another_name_is_told_in_the_store()
    {
        Save("mine");
        File.Copy(Path.Combine(Folder, "mine.json"), Path.Combine(Folder, "copy.json"));
        Assert.Contains("Rename the file", Assert.Single(Assert.Throws<ProgramException>(() => Store.Get("copy")).Problems).Fix);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void A_file_saved_by_Windows_PowerShell_is_read(string encoding)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "ü.json"), "{\r\n\"schemaVersion\": 1,\r\n\"name\": \"ü\"\r\n}\r\n", System.Text.Encoding.GetEncoding(encoding));
        Assert.Equal("ü", Store.Get("ü").Name);
    }

    [Fact]
    public void A_file_that_is_no_text_or_too_large_is_told()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "latin.json"), [0x7b, 0xfc, 0x7d]);
        using (var large = File.Create(Path.Combine(Folder, "large.json")))
        {
            large.SetLength(5 * 1024 * 1024);
        }

        Assert.Contains("UTF-8", Assert.Throws<ProgramException>(() => Store.Get("latin")).Message);
        Assert.Contains("larger than the maximum of 4 MiB", Assert.Throws<ProgramException>(() => Store.Get("large")).Message);
        Assert.Contains("JSON file in UTF-8", Assert.Throws<ProgramException>(() => Store.Get("large")).RecommendedAction);
    }

    [Theory]
    [InlineData("[{\"control_id\": \"1.17\", \"explanation\": \"e\", \"frequency\": \"annually\", \"status\": \"passed\", \"updated\": \"2026-01-02\", \"updated_by\": \"Json Smith\"}]")]
    [InlineData("[{\"control_id\": \"cis-aws-foundations-1.17\", \"explanation\": \"e\", \"frequency\": \"1y\", \"status\": \"passed\", \"updated\": \"2026-01-02T10:00:00.000Z\", \"updated_by\": \"Json Smith\"}]")]
    [InlineData("{\"plugins\": {\"inspec-reporter-json-hdf\": {\"attestations\": [{\"control_id\": \"1.17\", \"explanation\": \"e\", \"frequency\": \"annually\", \"status\": \"passed\", \"updated\": \"2026-01-02\", \"updated_by\": \"Json Smith\"}]}}}")]
    public void Attestations_of_SAF_are_read(string json)
    {
        var file = Path.Combine(_root, "attestations.json");
        File.WriteAllText(file, json);
        var attestation = Assert.Single(AttestationFile.Read(file, Read.Now).Attestations);
        Assert.Equal(("1.17", AttestationStatus.Passed, "Json Smith", "2027-01-02"), (attestation.ControlId.ToString(), attestation.Status, attestation.UpdatedBy, IsoDate.Write(attestation.ValidUntil)));
    }

    [Theory]
    [InlineData("- control_id: 1.17", "AttestationNotRead", "saf attest create -t json")]
    [InlineData("{}", "AttestationNotRead", "no list of attestations")]
    [InlineData("[{\"control_id\": \"7.1\", \"explanation\": \"e\", \"frequency\": \"annually\", \"status\": \"passed\", \"updated\": \"2026-01-02\", \"updated_by\": \"u\"}]", "InvalidAttestation", "7.1")]
    public void What_is_no_attestation_file_is_told(string text, string code, string message)
    {
        var file = Path.Combine(_root, "attestations.json");
        File.WriteAllText(file, text);
        var e = Assert.Throws<ProgramException>(() => AttestationFile.Read(file, Read.Now));
        Assert.Equal(code, e.Code);
        Assert.Contains(message, $"{e.Message} {e.RecommendedAction}");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private CisProgram Save(string name, Func<CisProgram, CisProgram>? change = null) =>
        Store.Write(Store.FileForNew(name), _ => (change ?? (p => p))(new CisProgram { Name = name }));
}
