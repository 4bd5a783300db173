using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO.Enumeration;
using System.Linq;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Services;

namespace CisAws.Emulator;

/// <summary>Faults as the command line writes them: <c>Throttled=kms:*@eu-west-1,after=10,times=2</c>.</summary>
internal static class FaultSyntax
{
    /// <summary>Which calls fail.</summary>
    public const string Calls = "action[@region][,after=n][,times=n]";

    /// <summary>A fault.</summary>
    public const string EffectAndCalls = "effect=" + Calls;

    /// <summary>What a user sees of each effect.</summary>
    public static IReadOnlyDictionary<FaultEffect, string> Effects { get; } = new Dictionary<FaultEffect, string>
    {
        [FaultEffect.AccessDenied] = "the caller is not allowed to perform the action, as with --deny",
        [FaultEffect.ScpDenied] = "a service control policy denies the action, as with --scp-deny",
        [FaultEffect.ForeignOwner] = "another account owns the resource",
        [FaultEffect.Throttled] = "there are too many calls",
        [FaultEffect.ServiceError] = "the service has an internal error (500)",
        [FaultEffect.CredentialsExpired] = "the session token has expired",
        [FaultEffect.ClockSkew] = "the time of the request is more than 15 minutes off",
        [FaultEffect.RegionDisabled] = "the region is not enabled in the account",
        [FaultEffect.NotOffered] = "the account is not subscribed to the service in the region",
        [FaultEffect.Reset] = "the connection is reset",
        [FaultEffect.ResponseLost] = "the call takes effect, and the connection is reset in place of the response",
        [FaultEffect.Hang] = "there is no response",
        [FaultEffect.Html] = "the response is a page of HTML with status 200, as from a proxy",
        [FaultEffect.EmptyBody] = "the response has no body, and status 200",
        [FaultEffect.Truncated] = "the response ends in the middle",
        [FaultEffect.Interrupted] = "the connection is closed in the middle of the response",
        [FaultEffect.WrongRoot] = "the response is well-formed, but of another kind",
    };

    /// <summary>Reads a fault with its effect.</summary>
    /// <exception cref="FormatException">The text is not valid. The message states what is.</exception>
    public static Fault Parse(string text)
    {
        var (word, calls) = Split(text, '=');
        var names = Effects.Keys.Select(e => e.ToString()).ToList();
        var name = names.Find(n => n.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"There is no effect '{word}'. The effects are {string.Join(", ", names)}.");
        return Parse(Enum.Parse<FaultEffect>(name), calls ?? throw new FormatException($"The action is missing after '{text}': {name}=kms:*"));
    }

    /// <summary>Reads the calls that fail with an effect.</summary>
    /// <exception cref="FormatException">The text is not valid. The message states what is.</exception>
    public static Fault Parse(FaultEffect effect, string text)
    {
        var parts = text.Split(',');
        var (action, region) = Split(parts[0], '@');
        if (!ServiceCatalog.All.SelectMany(s => s).Any(o => FileSystemName.MatchesSimpleExpression(action, o.Action, ignoreCase: true)))
        {
            throw new FormatException(UnknownAction(action));
        }

        var fault = new Fault(effect, action) { Region = region };
        foreach (var part in parts.Skip(1))
        {
            var (name, value) = Split(part, '=');
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || name is not ("after" or "times"))
            {
                throw new FormatException($"'{part}' is not valid here. Expected after=n or times=n, with a whole number.");
            }

            fault = name == "after" ? fault with { After = number } : fault with { Times = number };
        }

        return fault;
    }

    private static string UnknownAction(string action)
    {
        var actions = ServiceCatalog.All.SelectMany(s => s).Select(o => o.Action).Distinct().Order(StringComparer.Ordinal).ToList();
        var ofService = actions.FindAll(a => a.StartsWith(Split(action, ':').First + ":", StringComparison.OrdinalIgnoreCase));
        var known = ofService.Count > 0 ? ofService : actions.Select(a => Split(a, ':').First + ":*").Distinct().ToList();
        return $"'{action}' matches no action that the emulator serves. It serves {string.Join(", ", known)}.";
    }

    private static (string First, string? Second) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
}
