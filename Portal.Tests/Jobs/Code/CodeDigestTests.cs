using Portal.Jobs.Code;

namespace Portal.Tests.Jobs.Code;

public sealed class CodeDigestTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-digest-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_byte_name_mode_and_link_counts_and_when_it_was_written_does_not()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Files there have no modes.");
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName, "solve.sh");
        await File.WriteAllTextAsync(file, "echo 1\n", Cancel);
        File.CreateSymbolicLink(Path.Combine(folder, "run"), "lib/solve.sh");
        var first = await DigestAsync();
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        Assert.Equal(first, await DigestAsync());

        var seen = new HashSet<string> { first };
        await File.WriteAllTextAsync(file, "echo 2\n", Cancel);
        Assert.True(seen.Add(await DigestAsync()));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(seen.Add(await DigestAsync()));
        File.Delete(Path.Combine(folder, "run"));
        Assert.True(seen.Add(await DigestAsync()));
        File.CreateSymbolicLink(Path.Combine(folder, "run"), "lib/other.sh");
        Assert.True(seen.Add(await DigestAsync()));
        File.Move(file, Path.Combine(folder, "lib", "other.sh"));
        Assert.True(seen.Add(await DigestAsync()));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<string> DigestAsync() => CodeDigest.OfAsync(folder, Cancel);
}
