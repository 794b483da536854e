using System.Collections.Concurrent;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Jobs.Code;

namespace Portal.Jobs.Pipeline;

/// <summary>Fetches a run's code at the commit that its ref stands for, and brings it to the machine. The commit is written
/// down before anything is fetched, so that a restart goes on with the same one.</summary>
internal sealed class CodeActs(ICodeSource source)
{
    private readonly ConcurrentDictionary<Id<Run>, CodeSnapshot> _fetched = new();

    /// <summary>Looks the commit up, then fetches the folder.</summary>
    public async Task FetchAsync(RunLog log, CancellationToken interrupt, CancellationToken stop)
    {
        var code = log.State.Request.Plan.Code!;
        var url = code.Url.ToString();
        await log.WriteAsync(state => Facts.Begin(state, Phase.FetchingCode), stop);
        if (log.State.Code is null)
        {
            var commit = await source.ResolveAsync(url, code.Ref ?? "HEAD", interrupt);
            await log.WriteAsync(state => state.Code is null
                ? Facts.With(state, Phase.FetchingCode, new CodeResolved(log.Id, url, code.Ref, commit))
                : [], stop);
        }
        var snapshot = await source.FetchAsync(url, log.State.Code!.Commit, code.Folder, interrupt);
        await ForgetAsync(log.Id);
        _fetched[log.Id] = snapshot;
        var digest = await CodeDigest.OfAsync(snapshot.Folder, interrupt);
        await log.WriteAsync(state => Facts.With(state, Phase.FetchingCode, new CodeFetched(
            log.Id, snapshot.Commit, code.Folder, snapshot.TreeHash, snapshot.Files, snapshot.Bytes, digest)), stop);
    }

    /// <summary>Brings the fetched folder to the machine; fetches it again where a restart lost it.</summary>
    public async Task StageAsync(RunLog log, MachineLine line, CancellationToken interrupt, CancellationToken stop)
    {
        var request = log.State.Request;
        var code = request.Plan.Code!;
        await log.WriteAsync(state => Facts.Begin(state, Phase.StagingIn), stop);
        if (!_fetched.TryRemove(log.Id, out var snapshot))
            snapshot = await source.FetchAsync(code.Url.ToString(), log.State.Code!.Commit, code.Folder, interrupt);
        await using (snapshot)
        {
            if (log.State.Approval is not null)
                ApprovalActs.Check(log.State, await CodeDigest.OfAsync(snapshot.Folder, interrupt));
            await source.SendAsync(snapshot, line.Site, $"{request.Folder}/{code.To}", interrupt);
            await log.WriteAsync(state => Facts.With(state, Phase.StagingIn, new CodeStaged(log.Id, snapshot.Commit, snapshot.TreeHash)), stop);
        }
    }

    /// <summary>Gives up what was fetched for a run that will not need it.</summary>
    public async ValueTask ForgetAsync(Id<Run> run)
    {
        if (_fetched.TryRemove(run, out var snapshot)) await snapshot.DisposeAsync();
    }
}
