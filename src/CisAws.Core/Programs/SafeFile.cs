using System;
using System.IO;
using System.Text;
using System.Threading;

namespace CisAws.Programs;

/// <summary>
/// Files that are never half written. A change is written beside the file, under a name that only one writer can take at a
/// time, and then put in its place in one step: a reader sees the old text or the new, and of two writers the second
/// begins from what the first has written.
/// </summary>
internal static class SafeFile
{
    private const int LargestBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text file: UTF-8, or what its byte order mark says.</summary>
    /// <exception cref="IOException">It cannot be read; also when it is no text, or too large to be a program.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static string Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestBytes)
        {
            throw new IOException($"It has {stream.Length} bytes; a program has {LargestBytes} at most.");
        }

        try
        {
            using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException("It is not UTF-8 text. Save it as UTF-8.", e);
        }
    }

    /// <summary>Changes a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Takes the text there is (null for no file) and gives the new one, or throws to leave everything as it is.</param>
    /// <exception cref="IOException">It cannot be written, or another writer does not finish.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Change(string path, Func<string?, string> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".lock";
        using (var stream = Take(draft, path))
        {
            try
            {
                var text = Utf8.GetBytes(change(File.Exists(path) ? Read(path) : null));
                stream.Write(text, 0, text.Length);
                stream.Flush(flushToDisk: true);
            }
            catch
            {
                stream.Dispose();
                File.Delete(draft);
                throw;
            }
        }

        try
        {
            Retry(() => PutInPlace(draft, path));
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static FileStream Take(string draft, string path)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (File.Exists(draft) && DateTime.UtcNow < until)
            {
                Thread.Sleep(20);
            }
            catch (IOException e) when (File.Exists(draft))
            {
                throw new IOException($"Somebody else is writing {path}: {draft} is there. If nobody is, a writer was interrupted: delete that file.", e);
            }
        }
    }

    private static void PutInPlace(string draft, string path)
    {
#if NET
        File.Move(draft, path, overwrite: true);
#else
        if (File.Exists(path))
        {
            File.Replace(draft, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(draft, path);
        }
#endif
    }

    /// <summary>On Windows a reader, a virus scanner say, keeps a file from being replaced for a moment.</summary>
    private static void Retry(Action action)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                action();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && Path.DirectorySeparatorChar == '\\' && DateTime.UtcNow < until)
            {
                Thread.Sleep(50);
            }
        }
    }
}
