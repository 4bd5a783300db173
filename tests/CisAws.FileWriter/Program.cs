using System;
using System.Globalization;
using System.Linq;
using CisAws.Text;

// A writer in a process of its own: FILE WRITER TIMES counts up the writer's line of the file so many times, and after each
// write says how often it has. FILE WRITER hold stops in the middle of a change, says so, and goes on when its input ends.
const int LargestBytes = 1024 * 1024;
var (file, writer) = (args[0], args[1]);
if (args[2] == "hold")
{
    AtomicFile.Change(file, LargestBytes, text =>
    {
        Console.WriteLine("holding");
        Console.In.ReadToEnd();
        return text!;
    });
    return 0;
}

for (var i = 1; i <= int.Parse(args[2], CultureInfo.InvariantCulture); i++)
{
    AtomicFile.Change(file, LargestBytes, text => string.Join('\n', text!.Split('\n').Select(CountedUp)));
    Console.WriteLine($"written {i}");
    // Whole at every moment, while the others write.
    if (!AtomicFile.Read(file, LargestBytes).EndsWith("\nend", StringComparison.Ordinal))
    {
        return 1;
    }
}

return 0;

string CountedUp(string line) => line.Split(' ') is [var name, var count] && name == writer
    ? $"{name} {int.Parse(count, CultureInfo.InvariantCulture) + 1}"
    : line;
