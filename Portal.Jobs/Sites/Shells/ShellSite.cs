using System.Globalization;

namespace Portal.Jobs.Sites.Shells;

/// <summary>A site whose commands and files are spoken to by POSIX shells with the tools of GNU.</summary>
internal sealed partial class ShellSite(IChannels channels, int shells = 8) : ISite
{
    private static readonly TimeSpan ShortLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromHours(1);
    private readonly ShellPool _shells = new(channels, shells);

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel) =>
        _shells.RunAsync(command, limit, cancel);

    /// <inheritdoc/>
    public async Task<FileStat?> StatAsync(string path, CancellationToken cancel)
    {
        var result = await RunAsync($"stat -L -c '%f %s %Y' -- {Shell.Quote(path)}", ShortLimit, cancel);
        if (result.ExitCode != 0)
        {
            return result.Error.Contains("No such file", StringComparison.Ordinal)
                || result.Error.Contains("Not a directory", StringComparison.Ordinal)
                ? null
                : throw Faults.Of(result.Error, path, result.ExitCode);
        }
        var parts = result.Output.Split(' ', 3);
        var folder = (int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0xF000) == 0x4000;
        return new(path, folder ? 0 : long.Parse(parts[1], CultureInfo.InvariantCulture), folder,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel)
    {
        // -L tells of what a link points to; the slash makes a file an error.
        var root = folder.EndsWith('/') ? folder : folder + "/";
        var result = await RunAsync(
            $"find -L {Shell.Quote(Plain(root))} -mindepth 1 -maxdepth 1 -printf '%Y %s %T@ %f\\0'", ShortLimit, cancel);
        // An entry that vanished meanwhile or may not be looked at does not hide the others.
        if (result.ExitCode != 0 && result.Output.Length == 0) throw Faults.Of(result.Error, folder, result.ExitCode);
        return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => Entry(root, entry))];
    }

    private static FileStat Entry(string root, string text)
    {
        var parts = text.Split(' ', 4);
        var folder = parts[0] == "d";
        var seconds = double.Parse(parts[2], CultureInfo.InvariantCulture);
        return new(root + parts[3], folder ? 0 : long.Parse(parts[1], CultureInfo.InvariantCulture), folder,
            DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds)));
    }

    /// <inheritdoc/>
    public async Task MakeFolderAsync(string folder, CancellationToken cancel) =>
        await DoAsync($"mkdir -p -- {Shell.Quote(folder)}", folder, ShortLimit, cancel);

    /// <inheritdoc/>
    public async Task RenameAsync(string from, string to, CancellationToken cancel) =>
        await DoAsync($"mv -f -T -- {Shell.QuoteAll(from, to)}", from, ShortLimit, cancel);

    /// <inheritdoc/>
    public async Task RemoveAsync(string path, CancellationToken cancel)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || parts.Length == 0 || parts.Any(part => part is "." or ".."))
            throw new ArgumentException("Only an absolute path below the root, without dots, can be removed.", nameof(path));
        await DoAsync($"rm -rf -- {Shell.Quote(path)}", path, RemovalLimit, cancel);
    }

    private async Task DoAsync(string command, string path, TimeSpan limit, CancellationToken cancel)
    {
        var result = await RunAsync(command, limit, cancel);
        if (result.ExitCode != 0) throw Faults.Of(result.Error, path, result.ExitCode);
    }

    /// <summary>A relative path that begins with a dash would be read as an option.</summary>
    private static string Plain(string path) => path.StartsWith('/') ? path : "./" + path;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _shells.DisposeAsync();
        await channels.DisposeAsync();
    }
}
