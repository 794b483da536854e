using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Somebody asked for what they may not do. Who, whence and by which door stands in the event's metadata.</summary>
/// <param name="ProjectId">Where; the person's own project for what belongs to none.</param>
/// <param name="Operation">What they asked for, by the name of an <see cref="Projects.Operation"/>.</param>
/// <param name="Code">What they were told.</param>
[EventType("access_denied")]
public sealed record AccessDenied(Id<Project> ProjectId, string Operation, string Code) : IBelongsToProject;

/// <summary>Notes refusals as events, each in a stream of its own, so that nobody waits for anybody. Of the same refusal of the same
/// person or token one a minute is noted, and of all of theirs at most twenty: whoever hammers fills no log.</summary>
public sealed class Denials(Ledger ledger, IChance chance)
{
    /// <summary>What the streams' names begin with.</summary>
    public const string Prefix = "denial";

    /// <summary>Most that is noted of one person or token in a minute.</summary>
    public const int MostAMinute = 20;

    private readonly Sparing<Guid, (Id<Project> Project, Operation Operation)> noted = new(MostAMinute);

    /// <summary>Notes it, unless it is one too many.</summary>
    public async Task NoteAsync(Caller caller, Id<Project> project, Operation operation, string code, CancellationToken cancel)
    {
        if (caller.TokenId is not { } actor) actor = caller.User!.Value.Value;
        if (!noted.Take(actor, (project, operation), chance.Now)) return;
        await ledger.AppendAsync(caller,
            [new($"{Prefix}-{chance.NewGuid():n}", 0, [new AccessDenied(project, operation.ToString(), code)])], cancel);
    }
}
