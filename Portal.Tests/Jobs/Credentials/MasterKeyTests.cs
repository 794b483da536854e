using Portal.Domain.Credentials;
using Portal.Jobs.Credentials;

namespace Portal.Tests.Jobs.Credentials;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-key-").FullName;

    private string Key => Path.Combine(_folder, "data", "portal.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(byte first) => Convert.ToBase64String([first, .. new byte[31]]);

    [Fact]
    public void The_key_is_made_once_for_its_owner_alone()
    {
        MasterKeyFile.Ensure(Key);
        var text = File.ReadAllText(Key);
        Assert.Equal(32, Convert.FromBase64String(text.Trim()).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        MasterKeyFile.Ensure(Key);
        Assert.Equal(text, File.ReadAllText(Key));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(Key)!));
    }

    [Fact]
    public void A_key_that_others_may_read_that_is_none_or_not_there_is_refused()
    {
        Assert.Contains("Put it back", Assert.Throws<InvalidOperationException>(() => MasterKeys.FromFile(Key)).Message, StringComparison.Ordinal);
        MasterKeyFile.Ensure(Key);
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidOperationException>(() => MasterKeys.FromFile(Key)).Message, StringComparison.Ordinal);
        foreach (var wrong in (string[])["c2hvcnQ=", "?", "", "# only words", $"{Text(1)},c2hvcnQ="])
            Assert.Throws<FormatException>(() => MasterKeys.FromText(wrong));
    }

    [Fact]
    public void The_first_key_seals_and_every_key_opens()
    {
        var old = MasterKeys.FromText(Text(1));
        var sealedBefore = old.Seal("context", [1, 2, 3]);
        var both = MasterKeys.FromText($"# made today\n{Text(2)}\n{Text(1)}\n");
        Assert.Equal([both.Current, old.Current], both.Names);
        Assert.Matches("^[0-9a-f]{16}$", both.Current);
        Assert.Equal([1, 2, 3], both.Open("context", sealedBefore)!);
        Assert.False(both.SealedByCurrent(sealedBefore));
        var sealedNow = both.Seal("context", [4]);
        Assert.True(both.SealedByCurrent(sealedNow));
        Assert.Equal([4], both.Open("context", sealedNow)!);
        Assert.Null(both.Open("another", sealedNow));
        Assert.Null(old.Open("context", sealedNow));
        Assert.Contains($"{both.Current}, which is not there", old.WhyClosed(sealedNow), StringComparison.Ordinal);
        Assert.DoesNotContain("not there", both.WhyClosed(sealedNow), StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_changed_anywhere_does_not_open_and_one_without_a_name_still_does()
    {
        var keys = MasterKeys.FromText($"{Text(1)} {Text(2)}");
        var envelope = keys.Seal("context", new byte[40]);
        for (var at = 0; at < envelope.Length; at++)
        {
            var changed = (byte[])envelope.Clone();
            changed[at] ^= 1;
            Assert.Null(keys.Open("context", changed));
            Assert.Null(keys.Open("context", envelope.AsSpan(0, at)));
        }
        var nameless = Sealing.Seal([2, .. new byte[31]], "context", [7], new byte[Sealing.RandomBytes]);
        Assert.Equal([7], keys.Open("context", nameless)!);
        Assert.Null(MasterKeys.FromText(Text(3)).Open("context", nameless));
    }

    [Fact]
    public void A_new_key_in_front_is_used_without_a_restart_and_the_file_away_for_a_moment_changes_nothing()
    {
        MasterKeyFile.Ensure(Key);
        var keys = MasterKeys.FromFile(Key);
        var (first, envelope) = (keys.Current, keys.Seal("context", [1]));
        MasterKeyFile.PutNewInFront(Key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        Assert.NotEqual(first, keys.Current);
        Assert.Equal([keys.Current, first], keys.Names);
        Assert.Equal([1], keys.Open("context", envelope)!);
        File.Delete(Key);
        Assert.Equal([1], keys.Open("context", envelope)!);
    }

    [Fact]
    public void Where_a_vault_mounts_the_file_as_a_link_its_target_counts()
    {
        MasterKeyFile.Ensure(Key);
        var link = Path.Combine(_folder, "mounted.key");
        File.CreateSymbolicLink(link, Key);
        Assert.Equal(MasterKeys.FromFile(Key).Current, MasterKeys.FromFile(link).Current);
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<InvalidOperationException>(() => MasterKeys.FromFile(link));
    }
}
