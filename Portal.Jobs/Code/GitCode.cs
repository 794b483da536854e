using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Code;

/// <summary>Code from git repositories by git(1): a partial clone (no file's content but the folder's), a sparse checkout.</summary>
public sealed class GitCode : ICodeSource
{
    private readonly CodeSettings settings;

    /// <summary>Sweeps what a killed portal left on the temporary storage.</summary>
    public GitCode(CodeSettings settings)
    {
        this.settings = settings;
        Scratch.Sweep(settings.Scratch);
    }

    /// <inheritdoc/>
    public async Task<string> ResolveAsync(string url, string reference, CancellationToken cancel)
    {
        CheckUrl(url);
        if (reference.Length is 0 or > 250 || reference.StartsWith('-')
            || reference.Any(c => char.IsControl(c) || c is ' ' or '~' or '^' or ':' or '?' or '*' or '[' or '\\'))
        {
            throw CodeFault.Final(FailureName.CodeMissing, "This cannot be the name of a branch, tag or commit.",
                reference.ReplaceLineEndings(" "));
        }
        if (IsCommit(reference)) return reference.ToLowerInvariant();
        var remote = await GitRemote.FindAsync(url, settings, cancel);
        await using var scratch = new Scratch(settings.Scratch);
        var git = new Git(scratch.Folder, settings, remote);
        var told = await git.RunAsync(cancel, "ls-remote", "--", remote.Url);
        if (told.ExitCode != 0) throw CodeFault.OfRepository(url, told);
        var references = new GitReferences(told.Output);
        if (references.Find(reference) is { } commit) return commit;
        if (reference.Length < 4 || !reference.All(char.IsAsciiHexDigit)) throw references.Missing(url, reference);
        if (references.Starting(reference.ToLowerInvariant()) is { } tip) return tip;
        // Short for a commit in the history: the commits alone are fetched to look it up.
        await PrepareAsync(git, remote.Url, "tree:0", cancel);
        await FetchAllAsync(git, url, "tree:0", cancel);
        var found = await git.RunAsync(cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}");
        return found.ExitCode == 0 ? found.Output.Trim() : throw references.Missing(url, reference);
    }

    /// <inheritdoc/>
    public async Task<CodeSnapshot> FetchAsync(string url, string commit, string? folder, CancellationToken cancel)
    {
        CheckUrl(url);
        if (!IsCommit(commit)) throw new ArgumentException("A full commit id is needed.", nameof(commit));
        var inside = CodeFolder.Check(folder);
        var scratch = new Scratch(settings.Scratch);
        try
        {
            return await FetchAsync(scratch, url, commit, inside, cancel);
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    private async Task<CodeSnapshot> FetchAsync(Scratch scratch, string url, string commit, string inside, CancellationToken cancel)
    {
        var remote = await GitRemote.FindAsync(url, settings, cancel);
        var git = new Git(scratch.Folder, settings, remote);
        await PrepareAsync(git, remote.Url, "blob:none", cancel);
        var one = await git.RunAsync(cancel, "fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "origin", commit);
        if (one.ExitCode != 0) await FetchAllAsync(git, url, "blob:none", cancel); // Some servers give out nothing but tips.
        if ((await git.RunAsync(cancel, "cat-file", "-e", commit + "^{commit}")).ExitCode != 0)
            throw CodeFault.Final(FailureName.CodeMissing, $"{CodeFault.Clean(url)} has no commit {commit}.", one.Error, "Check the commit.");
        var tree = await CodeFolder.FindAsync(git, commit, inside, settings.MaxFiles, cancel);

        if (inside.Length > 0)
        {
            var chosen = await git.RunAsync(cancel, "sparse-checkout", "set", "--no-cone", "--end-of-options", CodeFolder.Pattern(inside));
            if (chosen.ExitCode != 0) throw CodeFault.OfRepository(url, chosen);
        }
        var checkedOut = await git.RunAsync(cancel, "checkout", "--quiet", "--detach", commit);
        if (checkedOut.ExitCode != 0) throw CodeFault.OfRepository(url, checkedOut);
        Directory.Delete(Path.Combine(scratch.Folder, ".git"), recursive: true);
        var code = Path.Combine(scratch.Folder, inside);
        var (files, bytes) = CodeFolder.Measure(code, settings);
        return new(commit, code, tree, files, bytes) { Storage = scratch };
    }

    /// <inheritdoc/>
    public Task<bool> IsThereAsync(string treeHash, ISite site, string target, CancellationToken cancel) =>
        CodeParcel.IsThereAsync(treeHash, site, target, cancel);

    /// <inheritdoc/>
    public Task SendAsync(CodeSnapshot code, ISite site, string target, CancellationToken cancel) =>
        new CodeParcel(settings.Scratch).SendAsync(code, site, target, cancel);

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private static async Task PrepareAsync(Git git, string url, string filter, CancellationToken cancel)
    {
        string[][] commands =
        [
            ["init", "--quiet", "--template="], ["config", "core.repositoryFormatVersion", "1"], ["config", "extensions.partialClone", "origin"],
            ["config", "remote.origin.url", url], ["config", "remote.origin.promisor", "true"],
            ["config", "remote.origin.partialCloneFilter", filter],
        ];
        foreach (var command in commands)
            if (await git.RunAsync(cancel, command) is { ExitCode: not 0 } failed)
                throw new PlaceException(FaultKind.Transient, new(FailureName.Internal, "git cannot work on the portal's machine.",
                    failed.Error, "Look at the room and the rights of the portal's temporary folder."));
    }

    private static async Task FetchAllAsync(Git git, string url, string filter, CancellationToken cancel)
    {
        var all = await git.RunAsync(cancel, "fetch", "--quiet", "--filter=" + filter, "--no-tags", "origin",
            "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*");
        if (all.ExitCode != 0) throw CodeFault.OfRepository(url, all);
    }

    private void CheckUrl(string url)
    {
        if (url.Length is 0 or > 2000 || url.StartsWith('-') || url.Any(c => char.IsControl(c) || c == ' ')
            || url.Contains("::", StringComparison.Ordinal))
            throw Invalid("This is no URL of a git repository.", "Use https://host/path, for example.");
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal))
            throw Invalid("The URL of a repository must not hold a password.", "Take it out.");
        if (!settings.LocalRepositories && !url.Contains(':', StringComparison.Ordinal))
            throw Invalid("A folder is no repository that the portal fetches from.", "Use https, ssh or git.");
    }

    private static PlaceException Invalid(string message, string advice) =>
        CodeFault.Final(FailureName.InvalidDescription, message, null, advice);
}
