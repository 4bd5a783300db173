using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace CisAws.Shell.Hosting;

/// <summary>The engine's view of the Shell: a console that only writes. It never prompts.</summary>
public sealed class ShellHost(ShellHostUI ui) : PSHost
{
    /// <inheritdoc/>
    public override string Name => "CisAws.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <summary>What <c>exit N</c> asked for; null when the script did not exit.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("The Shell has no prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("The Shell has no prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        // Native commands write to the console themselves; there is nothing to save.
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // See above.
    }
}
