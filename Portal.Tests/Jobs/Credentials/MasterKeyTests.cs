using Portal.Jobs.Credentials;

namespace Portal.Tests.Jobs.Credentials;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-key-").FullName;

    private string Key => Path.Combine(_folder, "data", "portal.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_key_is_made_once_for_its_owner_alone()
    {
        MasterKey.LoadOrCreate(Key);
        var text = File.ReadAllText(Key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        MasterKey.LoadOrCreate(Key);
        Assert.Equal(text, File.ReadAllText(Key));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(Key)!));
    }

    [Fact]
    public void A_key_that_others_may_read_or_that_is_none_is_refused()
    {
        MasterKey.LoadOrCreate(Key);
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Throws<InvalidOperationException>(() => MasterKey.LoadOrCreate(Key));
        Assert.Throws<FormatException>(() => MasterKey.FromBase64("c2hvcnQ="));
        Assert.Throws<FormatException>(() => MasterKey.FromBase64("?"));
    }
}
