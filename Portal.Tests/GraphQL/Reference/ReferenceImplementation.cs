using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// The reference implementation of GraphQL, npm's <c>graphql</c>, in a Node process that all tests of a class share. It is
/// installed beside package.json when it is first needed.
/// </summary>
public sealed class ReferenceImplementation : IAsyncLifetime
{
    private const string Needs = "Node.js and npm (Debian: apt-get install nodejs npm, or site/require browser)";

    private static readonly string Folder = Repository.PathOf("Portal.Tests", "GraphQL", "Reference", "npm");

    private Process? _node;

    public async ValueTask InitializeAsync()
    {
        await InstallAsync();
        _node = Start("node", "reference.js");
    }

    /// <summary>All answers, in the order of the cases; each says for every question a text.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> AskAsync(IReadOnlyList<ReferenceCase> cases)
    {
        var writing = WriteAsync(_node!, cases);
        var answers = new List<Dictionary<string, string>>(cases.Count);
        while (answers.Count < cases.Count && await _node!.StandardOutput.ReadLineAsync() is { } line)
        {
            answers.Add(JsonSerializer.Deserialize<Dictionary<string, string>>(line)!);
        }
        Assert.True(answers.Count == cases.Count, $"{answers.Count} answers to {cases.Count} questions.");
        await writing;
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is { } node)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }
    }

    private static async Task WriteAsync(Process node, IReadOnlyList<ReferenceCase> cases)
    {
        foreach (var one in cases)
        {
            await node.StandardInput.WriteLineAsync(one.ToJson());
        }
        await node.StandardInput.FlushAsync();
    }

    private static async Task InstallAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", "graphql", "package.json");
        if (File.Exists(installed) && Read(installed).GetProperty("version").GetString() == WantedVersion())
        {
            return;
        }
        using var npm = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        npm.StandardInput.Close();
        var (said, complaint) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        Assert.True(
            npm.ExitCode == 0,
            $"The reference implementation of GraphQL could not be installed. It takes a registry of npm that can be reached. " +
            $"Type: npm --prefix {Folder} ci\n{await said}{await complaint}");
    }

    private static string? WantedVersion() =>
        Read(Path.Combine(Folder, "package.json")).GetProperty("dependencies").GetProperty("graphql").GetString();

    private static JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = program == "npm",
                StandardInputEncoding = Encoding.ASCII,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"The reference implementation of GraphQL needs {Needs}: {missing.Message}", missing);
        }
    }
}
