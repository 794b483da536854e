namespace Portal.Cli.Configuration;

/// <summary>Descriptions come from files.</summary>
public static class TextFile
{
    /// <summary>What the file holds; <c>-</c> is standard input.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancel) =>
        path == "-" ? await Console.In.ReadToEndAsync(cancel)
        : File.Exists(path) ? await File.ReadAllTextAsync(path, cancel)
        : throw new UsageException($"There is no file {path}.");
}
