using Portal.Domain.Audit;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Shows a project and who was in it, as it was: to who may read its events.</summary>
public sealed class ProjectAtHandler(Past past, Access access, Readings readings)
{
    /// <summary>The project at a moment, or as it is where none is named; NOT_FOUND, or why there is no such moment.</summary>
    public async Task<Result<AsItWas<Project>>> HandleAsync(Caller caller, Id<Project> id, Moment? at, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, id, Operation.ReadEvents, "project", cancel) is { } refusal) return refusal;
        await readings.NoteAsync(caller, id, ReadingKind.Replay, id.ToString(), cancel);
        var events = await past.ReadAsync<Project>(id.Value, cancel);
        return events.Count == 0 ? Problem.NotFound("project") : await past.FindAsync<Project>(events, at, "project", cancel);
    }
}

/// <summary>What can be said about a project.</summary>
public static class ProjectTraits
{
    /// <summary>All of it, as it stands: members by their ids.</summary>
    public static IReadOnlyList<Trait> Of(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var rules = project.Approvals;
        return project.Id == default ? [] :
        [
            new("Project", "Name", project.Name),
            new("Project", "Personal", TraitText.Of(project.Personal)),
            .. project.Members.OrderByDescending(member => member.Value).ThenBy(member => member.Key.Value).Select(member =>
                new Trait("Members", member.Key.ToString(), member.Value.ToString(), TraitKind.State) { About = member.Key }),
            .. project.Invitations.Values.Select(one =>
                new Trait("Invitations", one.Id.ToString(), $"{one.Role}: {one.State.ToString().ToLowerInvariant()}")),
            new("Second look", "For which code", rules.Code.ToString()),
            new("Second look", "For a new machine", TraitText.Of(rules.NewMachine)),
            new("Second look", "Above core hours", TraitText.Of((long?)rules.CoreHours), TraitKind.Number),
            new("Second look", "May approve one's own", TraitText.Of(rules.Own)),
        ];
    }
}
