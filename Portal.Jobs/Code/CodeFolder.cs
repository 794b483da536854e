using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Code;

/// <summary>The one folder of a repository that is fetched.</summary>
public static class CodeFolder
{
    /// <summary>The folder without leading and trailing slashes; empty for the whole repository.</summary>
    public static string Check(string? folder)
    {
        var segments = (folder ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".").ToArray();
        if (segments.Any(s => s is ".." || s.Equals(".git", StringComparison.OrdinalIgnoreCase) || s.Any(char.IsControl)))
            throw CodeFault.Final(FailureName.InvalidDescription, "The folder of the code must lie in the repository.", null, "Write the path out.");
        return string.Join('/', segments);
    }

    /// <summary>The pattern that matches this folder alone (gitignore(5)).</summary>
    public static string Pattern(string inside) =>
        "/" + string.Concat(inside.Select(c => c is '*' or '?' or '[' or ']' or '\\' or '!' or '#' or ' ' ? "\\" + c : c.ToString())) + "/";

    /// <summary>git's id of the folder's tree; refuses a folder that is none, and one with too many files, before they are fetched.</summary>
    internal static async Task<string> FindAsync(Git git, string commit, string inside, int maxFiles, CancellationToken cancel)
    {
        var name = commit + ":" + inside;
        var tree = await git.RunAsync(cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", name);
        if (tree.ExitCode != 0 || (await git.RunAsync(cancel, "cat-file", "-t", tree.Output.Trim())).Output.Trim() != "tree")
        {
            var folders = await git.RunAsync(cancel, "ls-tree", "-d", "--name-only", commit);
            throw CodeFault.Final(FailureName.CodeMissing, $"The commit has no folder “{inside}”.", null,
                "Folders there: " + string.Join(", ", folders.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(20)) + ".");
        }
        var list = await git.RunAsync(cancel, "ls-tree", "-r", "--name-only", tree.Output.Trim());
        if (list.Output.Count(c => c == '\n') > maxFiles)
            throw CodeFault.Final(FailureName.InvalidDescription, string.Create(CultureInfo.InvariantCulture, $"The code has more than {maxFiles} files."),
                null, "Name the folder that the run needs.");
        return tree.Output.Trim();
    }

    /// <summary>Number and bytes of the files; refuses too many bytes, and links that lead out of the folder.</summary>
    public static (int Files, long Bytes) Measure(string root, CodeSettings settings)
    {
        var (files, bytes) = (0, 0L);
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            if (entry.LinkTarget is { } target)
            {
                if (Leaves(Path.GetRelativePath(root, entry.FullName), target))
                    throw CodeFault.Final(FailureName.InvalidDescription, $"The link “{Path.GetRelativePath(root, entry.FullName)}” leads out of the code's folder.",
                        target, "Take it out of the repository, or name the folder above.");
                files++;
            }
            else if (entry is FileInfo file)
            {
                files++;
                if ((bytes += file.Length) > settings.MaxBytes)
                    throw CodeFault.Final(FailureName.InvalidDescription, string.Create(CultureInfo.InvariantCulture, $"The code is larger than {settings.MaxBytes >> 20} MiB."),
                        null, "Large data belongs to the inputs.");
            }
        }
        return (files, bytes);
    }

    // Climbing is allowed at the beginning of a target alone: there it starts from a real folder. Behind a name it would start
    // from wherever that name, itself perhaps a link, leads.
    /// <summary>Whether a link in the folder leads, or might lead, out of it.</summary>
    public static bool Leaves(string link, string target)
    {
        var depth = link.Count(c => c == '/');
        var names = false;
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            if (part != "..") names = true;
            else if (names || --depth < 0) return true;
        }
        return target.StartsWith('/');
    }
}
