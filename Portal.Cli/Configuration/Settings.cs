using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Cli.Configuration;

/// <summary>Which portal, with what token, and how answers are printed. A file weighs least, then the environment (PORTAL_URL,
/// PORTAL_TOKEN, PORTAL_OUTPUT), then flags.</summary>
/// <param name="Url">The portal's address.</param>
/// <param name="Token">An access token of it.</param>
/// <param name="Output">One of <see cref="Formats"/>.</param>
public sealed record Settings(string? Url = null, string? Token = null, string? Output = null)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>How answers can be printed; the first where nothing is said.</summary>
    public static string[] Formats { get; } = ["table", "json", "yaml"];

    /// <summary>The file: PORTAL_CONFIG, or <c>portal/config.json</c> in the folder for configuration (XDG Base
    /// Directory).</summary>
    public static string File => Environment.GetEnvironmentVariable("PORTAL_CONFIG") is { Length: > 0 } chosen
        ? chosen
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "portal", "config.json");

    /// <summary>What holds now.</summary>
    public static Settings Load(string? urlFlag, string? outputFlag)
    {
        var kept = Kept();
        var url = urlFlag ?? Given("PORTAL_URL") ?? kept.Url;
        // A token belongs to the portal it was made by: one from the file is not shown to another.
        var token = Given("PORTAL_TOKEN") ?? (Same(url, kept.Url) ? kept.Token : null);
        return new(url, token, outputFlag ?? Given("PORTAL_OUTPUT") ?? kept.Output);
    }

    /// <summary>Keeps an access token for a portal, and what else the file holds.</summary>
    public static void Keep(Uri portal, string token) =>
        (Kept() with { Url = portal.ToString().TrimEnd('/'), Token = token }).Save();

    /// <summary>What the file holds, where it is for this portal.</summary>
    /// <param name="urlFlag">The portal's address; null for the one that the file names.</param>
    public static Settings? KeptFor(string? urlFlag) => Kept() is var kept && (urlFlag is null || Same(urlFlag, kept.Url))
        ? kept : null;

    /// <summary>Forgets the access token, and keeps what else the file holds.</summary>
    public static void Forget() => (Kept() with { Token = null }).Save();

    // Readable by their owner alone.
    private void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        var draft = $"{File}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options)) JsonSerializer.Serialize(stream, this, Indented);
        System.IO.File.Move(draft, File, overwrite: true);
    }

    /// <summary>The portal's address, or what to do about there being none.</summary>
    public Uri Portal()
    {
        if (Url is null)
            throw new UsageException("Which portal? Give --url, set PORTAL_URL, or sign in with `portal login --url http://…`.");
        return Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is not null
            ? uri
            : throw new UsageException($"{Url} is no address of a portal: it begins with http:// or https://.");
    }

    /// <summary>How answers are printed.</summary>
    public string Format() => Output is null ? Formats[0] : Formats.Contains(Output)
        ? Output
        : throw new UsageException($"Answers are printed as {string.Join(", ", Formats)}, not as {Output}: "
            + $"see PORTAL_OUTPUT and {File}.");

    private static Settings Kept()
    {
        if (!System.IO.File.Exists(File)) return new();
        try
        {
            return JsonSerializer.Deserialize<Settings>(System.IO.File.ReadAllText(File), Indented) ?? new();
        }
        catch (JsonException error)
        {
            throw new UsageException($"{File}, line {error.LineNumber + 1}: this is no configuration. "
                + "Put it right, or remove it and sign in again.");
        }
    }

    private static string? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool Same(string? one, string? other) => one?.TrimEnd('/') == other?.TrimEnd('/');
}
