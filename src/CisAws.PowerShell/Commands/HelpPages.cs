namespace CisAws.PowerShell.Commands;

/// <summary>Where <c>Get-Help -Online</c> leads: the pages in docs/cmdlets, which the build writes.</summary>
internal static class HelpPages
{
    public const string Address = "https://github.com/CisAws/CisAws/blob/main/docs/cmdlets/";
}
