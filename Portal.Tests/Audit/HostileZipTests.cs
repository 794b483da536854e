using System.IO.Compression;
using Portal.Cli;
using Portal.Cli.Audit;

namespace Portal.Tests.Audit;

/// <summary>What anybody may hand to <c>portal audit verify</c>.</summary>
public sealed class HostileZipTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-zips-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("../outside"), InlineData("/etc/outside"), InlineData("a/../../outside"), InlineData("a\\..\\outside"), InlineData("a//b")]
    [InlineData("C:outside"), InlineData("a\nb"), InlineData("./a"), InlineData("twice")]
    public void A_path_that_leads_elsewhere_is_refused(string name)
    {
        var zip = Zip(archive =>
        {
            archive.CreateEntry(name);
            if (name == "twice") archive.CreateEntry(name);
        });
        Assert.Contains("nothing of it was unpacked", Assert.Throws<UsageException>(() => ExportFiles.Open(zip)).Message);
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_link_is_refused_in_a_zip_and_in_a_folder()
    {
        var zip = Zip(archive => archive.CreateEntry("proof.json").ExternalAttributes = unchecked((int)0xA1FF0000));
        Assert.Contains("is a link", Assert.Throws<UsageException>(() => ExportFiles.Open(zip)).Message);
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc");
        Assert.Contains("is a link", Assert.Throws<UsageException>(() => ExportFiles.Open(folder)).Message);
    }

    [Fact]
    public async Task A_bomb_is_given_up_when_it_has_grown_too_large()
    {
        var zip = Zip(archive =>
        {
            using var content = archive.CreateEntry("proof.json").Open();
            for (var count = 0; count < 64; count++) content.Write(new byte[1 << 20]);
        });
        Assert.True(new FileInfo(zip).Length < 1 << 20);
        using var files = ExportFiles.Open(zip, mostBytes: 8 << 20);
        Assert.Contains("is larger than anything", (await Assert.ThrowsAsync<UsageException>(() => files.ReadAsync("proof.json", Cancel))).Message);
        await Assert.ThrowsAsync<UsageException>(() => files.HashAsync("proof.json", Cancel));
    }

    [Fact]
    public async Task What_is_no_crate_is_said_so()
    {
        var check = new ExportCheck(null);
        await Assert.ThrowsAsync<UsageException>(() => check.RunAsync(Path.Combine(folder, "nowhere"), Cancel));
        var text = Path.Combine(folder, "text");
        await File.WriteAllTextAsync(text, "PK\u0003\u0004 and then nothing of the kind", Cancel);
        Assert.Contains("no zip file", (await Assert.ThrowsAsync<UsageException>(() => check.RunAsync(text, Cancel))).Message);
        Assert.Contains("no proof.json", (await Assert.ThrowsAsync<UsageException>(() => check.RunAsync(Zip(_ => { }), Cancel))).Message);
        await File.WriteAllTextAsync(text, "{\"form\":\"portal-proof 2\"}", Cancel);
        Assert.False((await check.RunAsync(text, Cancel)).Holds);
        await File.WriteAllTextAsync(text, "{\"form\":\"portal-proof 1\",\"events\":[],\"record\":[],\"seals\":[],\"keys\":\"\"}", Cancel);
        Assert.Contains("no usable public key", (await Assert.ThrowsAsync<UsageException>(() => check.RunAsync(text, Cancel))).Message);
    }

    private string Zip(Action<ZipArchive> fill)
    {
        var path = Path.Combine(folder, "crate.zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        fill(archive);
        return path;
    }
}
