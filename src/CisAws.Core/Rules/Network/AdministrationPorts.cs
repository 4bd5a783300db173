using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CisAws.Rules.Network;

/// <summary>The ports of remote administration, which a setting lists.</summary>
internal static class AdministrationPorts
{
    private const string Setting = "AdministrationPorts";

    /// <summary>The ports in force.</summary>
    public static IReadOnlyList<int> Of(SettingValues settings) =>
        [.. settings.TextList(Setting).Select(p => int.Parse(p, NumberStyles.None, CultureInfo.InvariantCulture)).Distinct()];

    /// <summary>The finding of a rule without a port to assess: nothing was looked at, so that it must not pass.</summary>
    public static RuleFinding None(RuleContext context) => context.Undecided(context.Account, "NoPorts", $"the setting {Setting} lists no port");
}
