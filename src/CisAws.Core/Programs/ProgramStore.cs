using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>
/// The folders that programs are kept in, one file a program, and the default programs besides. The first folder that has
/// a program wins, and is the one that new programs go to.
/// </summary>
internal sealed class ProgramStore
{
    /// <summary>The environment variable that names the folders instead of the user's and the machine's; several as in PATH.</summary>
    public const string Variable = "CISAWS_PROGRAM_PATH";

    // Some hundred times the largest program that would be written by hand, and read within a second.
    private const int LargestBytes = 4 * 1024 * 1024;

    private static readonly StringComparer Paths = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly Func<DateTimeOffset> _clock;

    /// <summary>A store of the given folders.</summary>
    /// <param name="folders">Full paths, the first before the others.</param>
    /// <param name="clock">The time by which entries have expired.</param>
    public ProgramStore(IReadOnlyList<string> folders, Func<DateTimeOffset>? clock = null)
    {
        Folders = folders.Select(f => Path.GetFullPath(f).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)).ToList();
        _clock = clock ?? (() => DateTimeOffset.UtcNow);
    }

    /// <summary>The folders, the first before the others.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>The folders that are looked in when no others are named: the variable's, or the user's and the machine's.</summary>
    public static IReadOnlyList<string> DefaultFolders(Func<string, string?> environment) =>
        environment(Variable) is { Length: > 0 } named
            ? named.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath).ToList()
            : new[] { UserFolder(environment), MachineFolder() }.OfType<string>().ToList();

    /// <summary>Every name in the store, default programs first, then by folder.</summary>
    public IReadOnlyList<(string Name, string? File)> Names()
    {
        var found = DefaultPrograms.All.Select(p => (p.Name, File: (string?)null)).ToList();
        foreach (var file in Folders.SelectMany(FilesOf))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (!found.Exists(f => ProgramName.Same(f.Name, name)))
            {
                found.Add((name, file));
            }
        }

        return found;
    }

    /// <summary>Gives a program by its name.</summary>
    /// <exception cref="ProgramException">There is none, or its file is not valid.</exception>
    public CisProgram Get(string name) => Find(name, null, []) ?? throw new ProgramException(
        "ProgramNotFound", $"There is no program '{name}'{(Folders.Count == 0 ? "" : " in " + string.Join(" or ", Folders))}.",
        "Get-CisProgram lists the programs. New-CisProgram creates one. You can also specify the path of a file.");

    /// <summary>Gives the program in a file.</summary>
    /// <exception cref="ProgramException">It cannot be read, or is not valid.</exception>
    public CisProgram GetFile(string path) => InOrder(Read(path), path);

    /// <summary>What is wrong with a program file.</summary>
    /// <exception cref="ProgramException">It cannot be read.</exception>
    public IReadOnlyList<CisProgramProblem> ProblemsOf(string path) => Read(path).Problems;

    /// <summary>The file of a program in the store; null for a default program.</summary>
    /// <exception cref="ProgramException">There is no such program.</exception>
    public string? FileOf(string name) => DefaultPrograms.Find(name) is not null ? null : Locate(name, null) ?? Get(name).Path;

    /// <summary>The file that a new program of a name goes to.</summary>
    /// <exception cref="ProgramException">The name is not one, or there is no folder.</exception>
    public string FileForNew(string name)
    {
        if (!ProgramName.IsValid(name))
        {
            throw new ProgramException("InvalidName", $"'{name}' is not a valid program name.", ProgramName.Rule);
        }

        if (DefaultPrograms.Find(name) is not null)
        {
            throw new ProgramException(
                "DefaultProgram", $"{name} is a default program, which cannot be changed.",
                $"Create your own: New-CisProgram -Name mine -BasedOn {name}");
        }

        return Folders.Count > 0
            ? FilesOf(Folders[0]).FirstOrDefault(f => ProgramName.Same(Path.GetFileNameWithoutExtension(f), name)) ?? Path.Combine(Folders[0], name + ".json")
            : throw new ProgramException(
                "NoStore", "There is no folder for programs: this user account has no home directory.",
                $"Specify a folder with -ProgramPath, or with the environment variable {Variable}.");
    }

    /// <summary>Whether a file lies in one of the folders.</summary>
    public bool IsInStore(string path) => Folders.Contains(Path.GetDirectoryName(path)!, Paths);

    /// <summary>Creates or changes a program's file. The file stays as it is unless the new program is valid.</summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Receives the current program (null if there is none) and returns the new one, or throws.</param>
    /// <param name="warn">Receives what is doubtful about what was written; called after the file is in its place.</param>
    /// <returns>The program as it was written.</returns>
    /// <exception cref="ProgramException">The program is not valid, or the file cannot be read or written.</exception>
    public CisProgram Write(string path, Func<CisProgram?, CisProgram> change, Action<string>? warn = null)
    {
        CisProgram? written = null;
        IReadOnlyList<string> doubts = [];
        try
        {
            var schema = IsInStore(path) ? "./" + ProgramSchema.FileName : null;
            AtomicFile.Change(path, LargestBytes, text =>
            {
                var before = text is null ? null : Reading(text, path);
                var after = ProgramFormat.Write(change(before is null ? null : InOrder(before, path)), schema);
                var reading = Reading(after, path);
                written = reading.Program ?? throw NotWritten(reading.Problems, path);
                doubts = Doubts(reading).Except(before is null ? [] : Doubts(before)).ToList();
                return after;
            });
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw new ProgramException(
                "ProgramNotWritten", $"{path} could not be written: {e.Message}",
                $"Nothing was changed. Allow this user account to write to the folder, or specify another folder with -ProgramPath or the environment variable {Variable}.", null, e);
        }

        foreach (var doubt in doubts)
        {
            warn?.Invoke($"{written!.Name} was written. {doubt}");
        }

        if (IsInStore(path))
        {
            WriteSchema(Path.GetDirectoryName(path)!, warn);
        }

        return written!;
    }

    /// <summary>Deletes a program's file.</summary>
    /// <exception cref="ProgramException">There is no such file, it is not a program's, or it cannot be deleted.</exception>
    public static void Delete(string path)
    {
        try
        {
            AtomicFile.Delete(path, LargestBytes, text =>
            {
                if (!ProgramReader.IsProgram(text))
                {
                    throw new InvalidDataException("It has no \"schemaVersion\", which every program file has.");
                }
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoFile(path, e);
        }
        catch (InvalidDataException e)
        {
            throw new ProgramException(
                "NotAProgram", $"{path} was not deleted, because it is not a program file. {e.Message}",
                "To delete it anyway, use Remove-Item.", null, e);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw new ProgramException(
                "ProgramNotWritten", $"{path} could not be deleted: {e.Message}", "Allow this user account to write to the folder.", null, e);
        }
    }

    private static string? UserFolder(Func<string, string?> environment)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            var config = environment("XDG_CONFIG_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg
                : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config")
                : null;
            return config is null ? null : Path.Combine(config, "cisaws", "programs");
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length == 0 ? null : Path.Combine(data, "CisAws", "Programs");
    }

    private static string? MachineFolder()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return "/etc/cisaws/programs";
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            return "/Library/Application Support/CisAws/Programs";
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length == 0 ? null : Path.Combine(data, "CisAws", "Programs");
    }

    private static IEnumerable<string> FilesOf(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*.json")
                .Where(f => f.EndsWith(".json", StringComparison.Ordinal) && ProgramName.IsValid(Path.GetFileNameWithoutExtension(f)))
                .OrderBy(f => f, StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No such folder, or not for this account: it contributes no programs.
            return [];
        }
    }

    private static CisProgram InOrder(ProgramReading reading, string path) => reading.Program ?? throw Faulty(reading.Problems, path);

    private static ProgramException Faulty(IReadOnlyList<CisProgramProblem> problems, string path)
    {
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).ToList();
        var more = errors.Count > 1 ? $" ({(errors.Count > 100 ? "100 and more" : errors.Count - 1)} more: Get-CisProgramProblem lists them)" : "";
        return new ProgramException(
            "InvalidProgram", $"{path}, {errors[0]}{more}", "Correct the file. Get-CisProgramProblem lists all of its problems.",
            problems);
    }

    /// <summary>What a reading warns of, without the places, which a change moves.</summary>
    private static IEnumerable<string> Doubts(ProgramReading reading) => reading.Problems.Select(p => $"{p.Message} {p.Fix}").Distinct();

    // The line of a text that is not shown would only mislead.
    private static ProgramException NotWritten(IReadOnlyList<CisProgramProblem> problems, string path)
    {
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => (p with { Line = 0 }).ToString()).ToList();
        var more = errors.Count > 5 ? $" There are {errors.Count - 5} more errors." : "";
        return new ProgramException(
            "InvalidProgram", $"Nothing was written to {path}. {string.Join(" ", errors.Take(5))}{more}", "Correct the values and try again.",
            problems);
    }

    /// <summary>The schema beside the programs is for editors: a program is valid without it.</summary>
    private static void WriteSchema(string folder, Action<string>? warn)
    {
        var path = Path.Combine(folder, ProgramSchema.FileName);
        var schema = ProgramSchema.Text();
        try
        {
            if (!File.Exists(path) || AtomicFile.Read(path, LargestBytes) != schema)
            {
                AtomicFile.Change(path, LargestBytes, _ => schema);
            }
        }
        catch (Exception e) when (IsFileError(e))
        {
            warn?.Invoke($"The program was written, but its schema {path} could not be written, so editors cannot check the program: {e.Message}");
        }
    }

    private static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException;

    private static ProgramException NoFile(string path, Exception e) => new(
        "ProgramNotFound", $"There is no file {path}.",
        "Specify the path of a program file, or the name of a program. Get-CisProgram lists the programs.", null, e);

    private static ProgramException NotRead(string path, Exception e) => new(
        "ProgramNotRead", $"{path} could not be read: {e.Message}",
        e is InvalidDataException
            ? "Check that the file is a program: a JSON file in UTF-8."
            : "Allow this user account to read the file.",
        null, e);

    private ProgramReading Read(string path)
    {
        try
        {
            return Reading(AtomicFile.Read(path, LargestBytes), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoFile(path, e);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw NotRead(path, e);
        }
    }

    private ProgramReading Reading(string text, string path) => Reading(text, path, []);

    private ProgramReading Reading(string text, string path, IReadOnlyList<string> from)
    {
        var reading = ProgramReader.Read(text, path, name => Find(name, Path.GetDirectoryName(path), [.. from, path]), _clock());
        var name = Path.GetFileNameWithoutExtension(path);
        var isMisnamed = reading.Program is { } program && IsInStore(path) && !ProgramName.Same(program.Name, name);
        return !isMisnamed ? reading : new ProgramReading(null, [.. reading.Problems, new CisProgramProblem(
            ProblemSeverity.Error, "NameMismatch", path, 1, "$.name", $"The program is named '{reading.Program!.Name}', but its file is {name}.json.",
            $"Rename the file, or set \"name\": \"{name}\": in the store, a file has the name of its program.")]);
    }

    /// <summary>A program by name: a default one, one beside the file that asks, one of the store; null when there is none.</summary>
    private CisProgram? Find(string name, string? beside, IReadOnlyList<string> from)
    {
        if (DefaultPrograms.Find(name) is { } program)
        {
            return program;
        }

        if (Locate(name, beside) is not { } file)
        {
            return null;
        }

        if (from.Contains(file, StringComparer.Ordinal))
        {
            throw new ProgramException(
                "BaseCycle", $"it is based on itself, through {string.Join(", ", from.Select(Path.GetFileNameWithoutExtension))}.",
                "Base one of these programs on a default program.");
        }

        try
        {
            return InOrder(Reading(AtomicFile.Read(file, LargestBytes), file, from), file);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw NotRead(file, e);
        }
    }

    private string? Locate(string name, string? beside) => !ProgramName.IsValid(name) ? null : (beside is null ? Folders : [beside, .. Folders])
        .SelectMany(FilesOf)
        .FirstOrDefault(f => ProgramName.Same(Path.GetFileNameWithoutExtension(f), name));
}
