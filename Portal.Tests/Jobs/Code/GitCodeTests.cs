using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Code;
using Portal.Jobs.Sites;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Jobs.Code;

public sealed class GitCodeTests(GitServer server, HttpServer web)
    : IClassFixture<GitServer>, IClassFixture<HttpServer>, IDisposable
{
    private const string Heat = "steps/heat [1]";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly string scratch = Directory.CreateTempSubdirectory("portal-scratch-").FullName;

    private CodeSettings Settings => CodeSettings.Default with { Outgoing = Reach.Gate, Scratch = scratch };

    private GitCode Code => new(Settings);

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public async Task Names_stand_for_commits()
    {
        Assert.Equal(server.Second, await Code.ResolveAsync(server.Url, "main", Cancel));
        Assert.Equal(server.Second, await Code.ResolveAsync(server.Url, "feature/fast", Cancel));
        Assert.Equal(server.First, await Code.ResolveAsync(server.Url, "v1.0", Cancel));
        Assert.Equal(server.Second, await Code.ResolveAsync(server.Url, server.Second[..8], Cancel));
        Assert.Equal(server.First, await Code.ResolveAsync(server.Url, server.First[..9], Cancel));
        Assert.Empty(Directory.GetFileSystemEntries(scratch));
    }

    [Fact]
    public async Task An_unknown_name_is_final_and_names_the_nearest()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Code.ResolveAsync(server.Url, "mian", Cancel));
        Assert.Equal((FaultKind.Final, FailureName.CodeMissing), (fault.Kind, fault.Failure.Name));
        Assert.Contains("main", fault.Failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git://127.0.0.1:{0}/none.git", FaultKind.Final, FailureName.CodeMissing)]
    [InlineData("git://127.0.0.1:1/study.git", FaultKind.Transient, FailureName.Unreachable)]
    [InlineData("file:///etc", FaultKind.Final, FailureName.InvalidDescription)]
    [InlineData("/etc", FaultKind.Final, FailureName.InvalidDescription)]
    [InlineData("ext::sh -c id", FaultKind.Final, FailureName.InvalidDescription)]
    [InlineData("--upload-pack=id", FaultKind.Final, FailureName.InvalidDescription)]
    [InlineData("https://me:geheim@127.0.0.1/x.git", FaultKind.Final, FailureName.InvalidDescription)]
    public async Task Repositories_that_cannot_be_read_have_a_reason(string url, FaultKind kind, FailureName name)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Code.ResolveAsync(string.Format(null, url, server.Port), "main", Cancel));
        Assert.Equal((kind, name), (fault.Kind, fault.Failure.Name));
        Assert.DoesNotContain("geheim", fault + fault.Failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_connected_to_the_address_that_was_looked_at()
    {
        var url = server.Url.Replace("127.0.0.1", Reach.Named, StringComparison.Ordinal);
        var known = By(Reach.Knowing(Reach.Here, "127.0.0.1", "169.254.169.254"));
        Assert.Equal(server.Second, await known.ResolveAsync(url, "main", Cancel));
        foreach (var gate in (OutgoingGate[])[Reach.Knowing("*", "127.0.0.1"), Reach.Knowing("*", "192.0.2.1")])
        {
            var fault = await Assert.ThrowsAsync<PlaceException>(() => By(gate).ResolveAsync(url, "main", Cancel));
            Assert.Equal((FaultKind.Blocking, FailureName.AddressRefused), (fault.Kind, fault.Failure.Name));
        }
    }

    [Fact]
    public async Task A_repository_that_moved_is_followed_where_the_portal_connects_and_no_further()
    {
        Directory.CreateDirectory(web.At("study.git/info"));
        await File.WriteAllTextAsync(web.At("study.git/info/refs"), $"{server.First}\trefs/heads/main\n", Cancel);
        await File.WriteAllTextAsync(web.At("study.git/HEAD"), "ref: refs/heads/main\n", Cancel);
        var gate = new OutgoingGate(new() { Allow = "*,127.0.0.1" });
        Assert.Equal(server.First, await By(gate).ResolveAsync($"http://127.0.0.1:{web.Port}/files/study.git", "main", Cancel));
        Assert.Equal(server.First, await By(Reach.Knowing(Reach.Here, "127.0.0.1", "127.0.0.1"))
            .ResolveAsync($"http://{Reach.Named}:{web.Port}/files/study.git", "main", Cancel));
        web.LeadsTo = $"http://127.0.0.1:{web.Port}";
        Assert.Equal(server.First, await By(gate).ResolveAsync($"http://127.0.0.1:{web.Port}/leads/study.git", "main", Cancel));
        web.LeadsTo = $"http://127.0.0.2:{web.Port}";
        var fault = await Assert.ThrowsAsync<PlaceException>(
            () => By(gate).ResolveAsync($"http://127.0.0.1:{web.Port}/leads/study.git", "main", Cancel));
        Assert.Equal(FailureName.AddressRefused, fault.Failure.Name);
    }

    [Theory]
    [InlineData("ssh://git@data.portal.test:2222/study.git", "[data.portal.test]:2222")]
    [InlineData("ssh://data.portal.test/study.git", "data.portal.test")]
    public async Task By_ssh_the_key_is_the_hosts_and_the_address_the_one_that_was_looked_at(string url, string known)
    {
        var remote = await GitRemote.FindAsync(url, Settings with { Outgoing = Reach.Knowing("*", "192.0.2.1") }, Cancel);
        Assert.Equal((url, "GIT_SSH_COMMAND"), (remote.Url, Assert.Single(remote.Variables).Key));
        // As ssh itself reads it.
        var read = (await FtpServer.SayAsync("/bin/sh", "-c", remote.Variables["GIT_SSH_COMMAND"] + " -G data.portal.test")).Split('\n');
        Assert.Contains("hostname 192.0.2.1", read);
        Assert.Contains($"hostkeyalias {known}", read);
    }

    [Fact]
    public async Task By_https_every_name_at_its_port_is_one_of_the_addresses()
    {
        var remote = await GitRemote.FindAsync($"https://{Reach.Named}/study.git",
            Settings with { Outgoing = Reach.Knowing(Reach.Here, "127.0.0.1", "127.0.0.1") }, Cancel);
        Assert.Equal(["http.curloptResolve=*:443:127.0.0.1"], remote.Options);
    }

    private GitCode By(OutgoingGate gate) => new(Settings with { Outgoing = gate });

    [Fact]
    public async Task What_a_killed_portal_left_is_swept_and_what_is_in_use_stays()
    {
        await using var used = await Code.FetchAsync(server.Url, server.First, Heat, Cancel);
        string Left(string name) => Directory.CreateDirectory(Path.Combine(scratch, name)).FullName;
        var (dead, old, young, stranger) = (Left("portal-code-dead"), Left("portal-code-old"), Left("portal-code-young"), Left("other"));
        await File.WriteAllTextAsync(Path.Combine(dead, "in-use"), "", Cancel);
        await File.WriteAllTextAsync(Path.Combine(Left("portal-code-dead/work/lib"), "solve.sh"), "", Cancel);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        _ = Code;
        Assert.Equal((false, false), (Directory.Exists(dead), Directory.Exists(old)));
        Assert.Equal((true, true, true), (Directory.Exists(young), Directory.Exists(stranger), Directory.Exists(used.Folder)));
    }

    [Fact]
    public async Task Only_the_folder_comes()
    {
        await using (var code = await Code.FetchAsync(server.Url, server.First, Heat, Cancel))
        {
            Assert.Equal(["lib", "solve.sh", "ünï name.txt"], Directory.GetFileSystemEntries(code.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal("a b\n", await File.ReadAllTextAsync(Path.Combine(code.Folder, "ünï name.txt"), Cancel));
            Assert.Equal(3, code.Files);
            Assert.Equal(await FtpServer.SayAsync("git", "-C", server.Folder + "/study.git", "rev-parse", server.First + ":" + Heat), code.TreeHash);
            Assert.StartsWith(Assert.Single(Directory.GetFileSystemEntries(scratch)), code.Folder, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFileSystemEntries(scratch));
    }

    [Theory]
    [InlineData("nowhere", FailureName.CodeMissing)]
    [InlineData("steps/heat [1]/solve.sh", FailureName.CodeMissing)]
    [InlineData("../x", FailureName.InvalidDescription)]
    [InlineData("evil", FailureName.InvalidDescription)]
    public async Task Folders_that_cannot_be_taken_are_refused(string folder, FailureName name)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Code.FetchAsync(server.Url, server.First, folder, Cancel));
        Assert.Equal((FaultKind.Final, name), (fault.Kind, fault.Failure.Name));
        Assert.Empty(Directory.GetFileSystemEntries(scratch));
    }

    [Fact]
    public async Task Limits_hold()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => new GitCode(Settings with { MaxFiles = 2 })
            .FetchAsync(server.Url, server.First, Heat, Cancel));
        Assert.Equal(FailureName.InvalidDescription, fault.Failure.Name);
        fault = await Assert.ThrowsAsync<PlaceException>(() => new GitCode(Settings with { MaxBytes = 100_000 })
            .FetchAsync(server.Url, server.First, "other", Cancel));
        Assert.Equal(FailureName.InvalidDescription, fault.Failure.Name);
    }

    [Fact]
    public async Task It_is_sent_whole_once_and_replaced_by_another_tree()
    {
        var machine = Directory.CreateTempSubdirectory("portal-machine-").FullName;
        var target = machine + "/runs/it's code";
        await using var site = new LocalPlace();
        await using (var code = await Code.FetchAsync(server.Url, server.First, Heat, Cancel))
        {
            Directory.CreateDirectory(target + ".partial");
            await File.WriteAllTextAsync(target + ".partial/left over", "", Cancel);
            await Code.SendAsync(code, site, target, Cancel);
            Assert.Equal([".portal-code", "lib", "solve.sh", "ünï name.txt"],
                Directory.GetFileSystemEntries(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal("hi", await FtpServer.SayAsync(target + "/solve.sh"));
            Assert.Equal("../solve.sh", new FileInfo(target + "/lib/link").LinkTarget);
            await File.WriteAllTextAsync(target + "/made by a job", "", Cancel);
            await Code.SendAsync(code, site, target, Cancel);
            Assert.True(File.Exists(target + "/made by a job"));
        }
        await using (var code = await Code.FetchAsync(server.Url, server.Second, Heat, Cancel)) await Code.SendAsync(code, site, target, Cancel);
        Assert.Equal("a b\nchanged\n", await File.ReadAllTextAsync(target + "/ünï name.txt", Cancel));
        Assert.Equal([target], Directory.GetFileSystemEntries(machine + "/runs"));
        Directory.Delete(machine, recursive: true);
    }

    [Theory]
    [InlineData("a", "b", false)]
    [InlineData("d/a", "../b", false)]
    [InlineData("a", "../b", true)]
    [InlineData("a", "/etc/passwd", true)]
    [InlineData("d/a", "x/../../../b", true)]
    [InlineData("d/a", "link/../b", true)]
    public void Links_stay_inside(string link, string target, bool leaves) => Assert.Equal(leaves, CodeFolder.Leaves(link, target));
}
