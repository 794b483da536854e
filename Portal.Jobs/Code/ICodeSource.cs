using Portal.Jobs.Sites;

namespace Portal.Jobs.Code;

/// <summary>Code as it was found at a commit.</summary>
/// <param name="Commit">The full commit id that the ref stood for.</param>
/// <param name="Folder">Local folder that holds the checked-out files, on temporary storage, gone with the snapshot.</param>
/// <param name="TreeHash">git's id of the folder's tree: the same bytes give the same id.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their size in all.</param>
public sealed record CodeSnapshot(string Commit, string Folder, string TreeHash, int Files, long Bytes) : IAsyncDisposable
{
    /// <summary>The temporary storage that the folder lies on.</summary>
    internal IAsyncDisposable? Storage { get; init; }

    /// <summary>Removes the local folder.</summary>
    public ValueTask DisposeAsync() => Storage?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Fetches code from git: the one folder of the one commit, nothing else.</summary>
public interface ICodeSource
{
    /// <summary>The commit that a branch, tag or (possibly short) commit id stands for now.</summary>
    Task<string> ResolveAsync(string url, string reference, CancellationToken cancel);

    /// <summary>Fetches the folder at a full commit id: partial clone, sparse checkout.</summary>
    Task<CodeSnapshot> FetchAsync(string url, string commit, string? folder, CancellationToken cancel);

    /// <summary>Whether a folder's tree, by git's id of it, lies whole below <paramref name="target"/> as it was sent there.</summary>
    Task<bool> IsThereAsync(string treeHash, ISite site, string target, CancellationToken cancel);

    /// <summary>Packs the snapshot, sends it in one stream and unpacks it at the site, below <paramref name="target"/>, so that a
    /// cut half-way leaves nothing that looks whole.</summary>
    Task SendAsync(CodeSnapshot code, ISite site, string target, CancellationToken cancel);
}
