using System.Net;
#if !NET
using System;
using System.Linq;
using System.Text.RegularExpressions;
#endif

namespace CisAws.Aws.Sessions;

/// <summary>Which proxy calls go through.</summary>
internal static class Proxies
{
    /// <summary>The proxy given, else what .NET does not find by itself; null for the environment's or the system's.</summary>
    public static WebProxy? Find(WebProxy? given) => given ?? FromEnvironment();

#if NET
    /// <summary>.NET looks at HTTPS_PROXY, HTTP_PROXY and NO_PROXY, then at the system's, by itself.</summary>
    private static WebProxy? FromEnvironment() => null;
#else
    /// <summary>.NET Framework looks at the system's proxy only.</summary>
    private static WebProxy? FromEnvironment()
    {
        if (!Uri.TryCreate(Variable("HTTPS_PROXY") ?? Variable("HTTP_PROXY"), UriKind.Absolute, out var address))
        {
            return null;
        }

        var proxy = At(address);
        proxy.BypassList = (Variable("NO_PROXY") ?? "")
            .Split([','], StringSplitOptions.RemoveEmptyEntries)
            .Select(h => h.Trim())
            .Where(h => h.Length > 0)
            .Select(h => h == "*" ? ".*" : "^[a-z]+://([^/]*\\.)?" + Regex.Escape(h.TrimStart('*').TrimStart('.')) + "(:[0-9]+)?(/|$)")
            .ToArray();
        return proxy;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static WebProxy At(Uri address)
    {
        var proxy = new WebProxy(address);
        var login = address.UserInfo.Split([':'], 2).Select(Uri.UnescapeDataString).ToArray();
        if (login[0].Length > 0)
        {
            proxy.Credentials = new NetworkCredential(login[0], login.Length > 1 ? login[1] : "");
        }

        return proxy;
    }
#endif
}
