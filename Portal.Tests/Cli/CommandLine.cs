using System.Diagnostics;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary>The command line as a process of its own, with a configuration of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    // Where it was built, with all that it needs; beside the tests lies only what they do not have from the framework.
    private static readonly string Program = Repository.PathOf("Portal.Cli",
        Path.GetRelativePath(Repository.PathOf("Portal.Tests"), AppContext.BaseDirectory), "portal.dll");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-cli-").FullName;

    public string Config => Path.Combine(Folder, "config.json");

    public static Dictionary<string, string> SignedIn(Uri portal, string token) =>
        new() { ["PORTAL_URL"] = portal.ToString(), ["PORTAL_TOKEN"] = token };

    /// <summary>What a program of Ada's says to the portal that does no work.</summary>
    public static async Task<Dictionary<string, string>> AdaAsync(SchemaGround ground)
    {
        var environment = SignedIn(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        environment["PORTAL_SECURITY_TOKEN"] = ground.Token;
        return environment;
    }

    public Task<CommandOutcome> RunAsync(string input, Dictionary<string, string>? environment, params string[] arguments) =>
        SiteCommand.RunAsync("dotnet", [Program, .. arguments], input, With(environment), Cancel);

    /// <summary>Begins a command; whoever gets it waits for its end.</summary>
    public Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in With(environment)) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Makes <c>portal</c> a command, as an installation does; the folder to put into the PATH.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public string Installed()
    {
        var path = Path.Combine(Folder, "portal");
        File.WriteAllText(path, $"#!/bin/sh\nexec dotnet '{Program}' \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Folder;
    }

    public void Dispose() => Directory.Delete(Folder, true);

    private Dictionary<string, string> With(Dictionary<string, string>? environment) =>
        new(environment ?? []) { ["PORTAL_CONFIG"] = Config };
}
