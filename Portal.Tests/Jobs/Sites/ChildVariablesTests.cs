using System.Diagnostics;
using Portal.Jobs.Sites.Shells;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Sites;

/// <summary>Programs that the portal starts see nothing of its configuration.</summary>
public sealed class ChildVariablesTests
{
    [Fact]
    public void Nothing_of_the_portals_configuration_is_inherited()
    {
        var start = new ProcessStartInfo("/bin/true");
        foreach (var name in (string[])["Portal__Database", "PORTAL_TOKEN", "PGPASSWORD", "GIT_DIR", "ASPNETCORE_URLS",
            "LD_PRELOAD"]) start.Environment[name] = "x";
        (start.Environment["PATH"], start.Environment["https_proxy"]) = ("/usr/bin", "http://proxy:3128");
        ChildVariables.Only(start);
        Assert.Equal("/usr/bin", start.Environment["PATH"]);
        Assert.Equal("http://proxy:3128", start.Environment["https_proxy"]);
        Assert.DoesNotContain(start.Environment, pair => pair.Value == "x");
    }

    [Fact]
    public void Every_program_that_is_started_for_a_run_has_no_more()
    {
        var starts = Directory.EnumerateFiles(Repository.PathOf("Portal.Jobs"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(path => (path, Text: File.ReadAllText(path))).Where(file => file.Text.Contains("new ProcessStartInfo",
                StringComparison.Ordinal)).ToList();
        Assert.True(starts.Count > 2, $"only {starts.Count} files start programs");
        Assert.All(starts, file => Assert.Contains("ChildVariables.Only(start);", file.Text, StringComparison.Ordinal));
    }
}
