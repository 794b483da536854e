using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// The reference implementation of GraphQL, npm's <c>graphql</c>, in a Node process of its own. It is installed beside
/// package.json when it is first asked.
/// </summary>
public static class ReferenceImplementation
{
    private const string Needs = "Node.js and npm (Debian: apt-get install nodejs npm, or site/require browser)";

    private static readonly string Folder = Repository.PathOf("Portal.Tests", "GraphQL", "Reference", "npm");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>All answers, in the order of the cases; each says for every question a text.</summary>
    public static async Task<IReadOnlyList<Dictionary<string, string>>> AskAsync(IReadOnlyList<ReferenceCase> cases)
    {
        await Installed.Value;
        using var node = Start("node", "reference.js");
        var writing = WriteAsync(node, cases);
        var complaint = node.StandardError.ReadToEndAsync();
        var answers = new List<Dictionary<string, string>>(cases.Count);
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            answers.Add(JsonSerializer.Deserialize<Dictionary<string, string>>(line)!);
        }
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"reference.js ended with {node.ExitCode}: {await complaint}");
        await writing;
        Assert.Equal(cases.Count, answers.Count);
        return answers;
    }

    private static async Task WriteAsync(Process node, IReadOnlyList<ReferenceCase> cases)
    {
        foreach (var one in cases)
        {
            await node.StandardInput.WriteLineAsync(one.ToJson());
        }
        node.StandardInput.Close();
    }

    private static async Task InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", "graphql", "package.json")))
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

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
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
