using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace CisAws.Text;

/// <summary>
/// Files that are never half written. A change is written beside the file and then takes its place in one step, so a
/// reader sees the old text or the new. Writers, in whatever process, take turns by a lock that the operating system
/// releases when its holder ends, however it ends.
/// </summary>
internal static class AtomicFile
{
    // Longer than any change takes, also with many writers on a busy machine; one that is stopped in a debugger ends it.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    // On Windows a file that is being deleted, or that a virus scanner has open, is denied for a moment.
    private static readonly TimeSpan DenialTimeout = TimeSpan.FromSeconds(5);

    private static readonly bool OnWindows = Path.DirectorySeparatorChar == '\\';

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text file: UTF-8, or the encoding of its byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">The size above which it is not read.</param>
    /// <exception cref="InvalidDataException">It is larger than the maximum, or is not text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static string Read(string path, int maximumBytes)
    {
        using var content = ReadContent(path, maximumBytes);
        try
        {
            using var reader = new StreamReader(content, Utf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("The file is not UTF-8 text.", e);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <inheritdoc cref="Read"/>
    public static byte[] ReadBytes(string path, int maximumBytes)
    {
        using var content = ReadContent(path, maximumBytes);
        return content.ToArray();
    }

    private static MemoryStream ReadContent(string path, int maximumBytes)
    {
        var content = new MemoryStream();
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (file.CanSeek && file.Length > maximumBytes)
            {
                throw TooLarge(maximumBytes);
            }

            // A device or a pipe does not know its length: what comes is counted.
            var block = new byte[64 * 1024];
            int count;
            while (content.Length <= maximumBytes && (count = file.Read(block, 0, block.Length)) > 0)
            {
                content.Write(block, 0, count);
            }
        }

        if (content.Length > maximumBytes)
        {
            throw TooLarge(maximumBytes);
        }

        content.Position = 0;
        return content;
    }

    private static InvalidDataException TooLarge(int maximumBytes) => new(FormattableString.Invariant($"The file is larger than the maximum of {maximumBytes >> 20} MiB."));

    /// <summary>Changes a file, or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">The size above which it is neither read nor written.</param>
    /// <param name="change">Receives the current text (null if there is no file) and returns the new one, or throws to leave everything as it is.</param>
    /// <exception cref="InvalidDataException">The old or the new text is larger than the maximum, or the old one is not text.</exception>
    /// <exception cref="IOException">It cannot be written, or another writer does not finish.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static void Change(string path, int maximumBytes, Func<string?, string> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var turn = Lock(path);
        var text = Utf8.GetBytes(change(ReadIfThere(path, maximumBytes)));
        if (text.Length > maximumBytes)
        {
            throw new InvalidDataException($"The file would be {text.Length} bytes; the maximum is {maximumBytes}.");
        }

        Write(path, stream => stream.Write(text, 0, text.Length));
    }

    /// <summary>Creates a file, or replaces it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileExistsException">The file exists, and is not to be replaced.</exception>
    /// <exception cref="IOException">It cannot be written, or another writer does not finish.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static void Create(string path, bool overwrite, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var turn = Lock(path);
        if (!overwrite && File.Exists(path))
        {
            throw new FileExistsException();
        }

        Write(path, write);
    }

    private static void Write(string path, Action<Stream> write)
    {
        // One name for every draft: what a writer that was killed has left, the next one replaces.
        var draft = path + ".tmp";
        File.Delete(draft);
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Retry(() => Replace(draft, path));
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">The size above which it is not read.</param>
    /// <param name="check">Receives the text, and throws to keep the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is larger than the maximum, or is not text.</exception>
    /// <exception cref="IOException">It cannot be deleted, or another writer does not finish.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static void Delete(string path, int maximumBytes, Action<string> check)
    {
        using var turn = Lock(path);
        check(Read(path, maximumBytes));
        Retry(() => File.Delete(path));
    }

    private static string? ReadIfThere(string path, int maximumBytes)
    {
        try
        {
            return Read(path, maximumBytes);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits for the turn of this writer and takes it. A writer that is killed leaves a lock file that is not locked; on
    /// Windows not even that. .NET deletes the file before it unlocks it, and opens it anew where it was deleted before it was
    /// locked, so that no two writers ever hold two files of the same name.
    /// </summary>
    private static FileStream Lock(string path)
    {
        var name = path + ".lock";
        // Not in step with the other writers, or one of them could always come too late.
        var pause = new Random();
        var waited = Stopwatch.StartNew();
        var denied = new Stopwatch();
        while (true)
        {
            try
            {
                return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (waited.Elapsed >= LockTimeout)
                {
                    throw new IOException($"Another process has been writing the file for {(int)LockTimeout.TotalSeconds} seconds and holds the lock {name}. Try again when it has finished.", e);
                }

                denied.Reset();
            }
            catch (UnauthorizedAccessException) when (OnWindows && denied.Elapsed < DenialTimeout)
            {
                denied.Start();
            }

            Thread.Sleep(pause.Next(1, 16));
        }
    }

    /// <summary>
    /// Whether a file could not be opened because another has it open. Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION,
    /// ERROR_DELETE_PENDING. .NET gives the error number of other systems as it is: EAGAIN, 11 on Linux and 35 on macOS.
    /// </summary>
    private static bool IsHeld(IOException e) => e.HResult is
        unchecked((int)0x80070020) or unchecked((int)0x80070021) or unchecked((int)0x8007012F) or 11 or 35;

    private static void Replace(string draft, string path)
    {
#if NET
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
        }

        File.Move(draft, path, overwrite: true);
#else
        if (!OnWindows)
        {
            // Mono.
            if (File.Exists(path))
            {
                File.Replace(draft, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(draft, path);
            }
        }
        else if (!MoveFileEx(draft, path, ReplaceExisting | WriteThrough))
        {
            var error = new Win32Exception();
            throw new IOException(error.Message, error);
        }
#endif
    }

#if !NET
    private const int ReplaceExisting = 1;
    private const int WriteThrough = 8;

    // File.Replace of .NET Framework can fail half way, with neither file in its place.
    [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);
#endif

    /// <summary>On Windows a reader, such as a virus scanner, keeps a file from being replaced or deleted for a moment.</summary>
    private static void Retry(Action action)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                action();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && OnWindows && waited.Elapsed < DenialTimeout)
            {
                Thread.Sleep(20);
            }
        }
    }
}

/// <summary>A file exists that is not to be replaced.</summary>
internal sealed class FileExistsException() : IOException("The file exists.");
