using System;
using System.Management.Automation.Host;

namespace CisAws.Shell.Hosting;

/// <summary>A screen of a given width without a keyboard. The engine asks it for nothing but its size.</summary>
internal sealed class ShellRawUI(int width) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize { get; set; } = new(width, 3000);

    public override Size WindowSize { get; set; } = new(width, 50);

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "CisAws";

    public override bool KeyAvailable => false;

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("The Shell reads no keys.");

    public override void FlushInputBuffer()
    {
        // There is no input.
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoScreen();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NoScreen();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoScreen();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoScreen();

    private static NotSupportedException NoScreen() => new("The Shell has no screen buffer.");
}
