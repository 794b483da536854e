using System.Text.Json;

namespace Portal.Cli.Configuration;

/// <summary>Which portal, and with what token. A file weighs least, then the environment (PORTAL_URL, PORTAL_TOKEN), then flags.</summary>
/// <param name="Url">The portal's address.</param>
/// <param name="Token">An access token of it.</param>
public sealed record Settings(string? Url, string? Token)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The file: PORTAL_CONFIG, or <c>portal/config.json</c> in the folder for configuration (XDG Base Directory).</summary>
    public static string File => Environment.GetEnvironmentVariable("PORTAL_CONFIG") is { Length: > 0 } chosen
        ? chosen
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "portal", "config.json");

    /// <summary>What holds now.</summary>
    public static Settings Load(string? urlFlag)
    {
        var kept = Kept();
        var url = urlFlag ?? Given("PORTAL_URL") ?? kept.Url;
        // A token belongs to the portal it was made by: one from the file is not shown to another.
        var token = Given("PORTAL_TOKEN") ?? (Same(url, kept.Url) ? kept.Token : null);
        return new(url, token);
    }

    /// <summary>Keeps them, readable by their owner alone.</summary>
    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        var draft = $"{File}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options)) JsonSerializer.Serialize(stream, this, Indented);
        System.IO.File.Move(draft, File, overwrite: true);
    }

    /// <summary>The portal's address, or what to do about there being none.</summary>
    public Uri Portal() => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is not null
        ? uri
        : throw new UsageException("Which portal? Give --url, set PORTAL_URL, or sign in with `portal login --url http://…`.");

    private static Settings Kept() => System.IO.File.Exists(File)
        ? JsonSerializer.Deserialize<Settings>(System.IO.File.ReadAllText(File), Indented) ?? new(null, null)
        : new(null, null);

    private static string? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool Same(string? one, string? other) => one?.TrimEnd('/') == other?.TrimEnd('/');
}
