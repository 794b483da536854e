using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Looks for what others would lose with a person.</summary>
public sealed class Erasable(IDocuments documents, IEventStore store)
{
    private const int Page = 200;

    /// <summary>Null where nothing is in the way; LAST_OWNER where members of a project would be left without an owner, RUNS_GO_ON
    /// where a run works with a key of the person's.</summary>
    public async Task<Problem?> RefusalAsync(Id<User> person, CancellationToken cancel)
    {
        for (string? after = null; ;)
        {
            var mine = await documents.QueryAsync<Membership>(
                new([new("user_id", Comparison.Equal, person.ToString())], Limit: Page, After: after), cancel);
            foreach (var place in mine.Items.Where(place => place.Role == Role.Owner))
                if (await IsNeededAsync(place, cancel))
                    return new("LAST_OWNER", $"The project {place.ProjectName} has no other owner, and others are in it.", "person",
                        Advice: $"Have them make somebody else an owner of the project {place.Project} first.");
            if ((after = mine.Next) is null) break;
        }
        return await WorkingAsync(person, cancel);
    }

    private async Task<bool> IsNeededAsync(Membership place, CancellationToken cancel)
    {
        var others = false;
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<Membership>(
                new([new("project", Comparison.Equal, place.Project.ToString())], Limit: Page, After: after), cancel);
            var rest = page.Items.Where(member => member.User != place.User).ToList();
            if (rest.Exists(member => member.Role == Role.Owner)) return false;
            others |= rest.Count > 0;
            if ((after = page.Next) is null) return others;
        }
    }

    // A job at a scheduler is ended with the key that its run was lent: what takes the key away would leave it running.
    private async Task<Problem?> WorkingAsync(Id<User> person, CancellationToken cancel)
    {
        // The list stands behind: what was submitted a moment ago must be in it.
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        var working = await documents.QueryAsync<RunView>(new(
            [new("submitted_by", Comparison.Equal, person.ToString()), new("final", Comparison.Equal, false),
             new("lease_until", Comparison.NotEqual, null)], Limit: 1, Count: true), cancel);
        return working.Items is not [var run, ..] ? null : new("RUNS_GO_ON",
            $"{working.Total} {(working.Total == 1 ? "run goes" : "runs go")} on with this person's keys, {run.Name} among them.", "person",
            Advice: "Have them cancelled, and wait for their end. Or disable the account first: then they stop here, and jobs that a "
                + "scheduler has already go on there.");
    }
}
