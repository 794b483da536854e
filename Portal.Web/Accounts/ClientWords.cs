namespace Portal.Web.Accounts;

/// <summary>What is read of a browser's own words about itself (RFC 9110, 10.1.5): enough for a person to know it
/// again.</summary>
public static class ClientWords
{
    // The order matters: most browsers name others as well.
    private static readonly (string Mark, string Word)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Word)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>The browser; null if it is none that is known.</summary>
    public static string? Browser(string client) => Find(Browsers, client);

    /// <summary>The operating system; null if it is none that is known.</summary>
    public static string? System(string client) => Find(Systems, client);

    /// <summary>Both, as far as they are known.</summary>
    public static string Of(string client) => (Browser(client), System(client)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A program on {system}",
        _ => "An unknown browser",
    };

    private static string? Find((string Mark, string Word)[] known, string client) =>
        known.FirstOrDefault(one => client.Contains(one.Mark, StringComparison.Ordinal)).Word;
}
