using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Where what events are narrowed by is found: in read models, and in what runs used.</summary>
public sealed class ChoiceSources(IDocuments documents, IPeople people)
{
    private const int Most = EventChoicesHandler.Most, Looked = 500;

    /// <summary>The portal itself, as it stands in what it causes.</summary>
    private const string Itself = "portal";

    /// <summary>Those within a reach.</summary>
    internal async Task<IReadOnlyList<EventChoice>> FindAsync(
        Caller caller, Reach within, EventChoiceKind kind, WantedChoices wanted, CancellationToken cancel) => kind switch
        {
            EventChoiceKind.Project => await ProjectsAsync(within, wanted, cancel),
            EventChoiceKind.Actor => await PeopleAsync(within, wanted, cancel),
            EventChoiceKind.Machine => [.. (await MachinesAsync(within, wanted.By("name"), Most, cancel))
                .Select(machine => new EventChoice(machine.Id.ToString(), machine.Settings.Name))],
            EventChoiceKind.Credential => await CredentialsAsync(caller, within, wanted, cancel),
            _ => await RunsAsync(within, wanted, cancel),
        };

    // All personal projects have the same name, and their owners' ids.
    private async Task<IReadOnlyList<EventChoice>> ProjectsAsync(Reach within, WantedChoices wanted, CancellationToken cancel)
    {
        IReadOnlyList<Condition> reached = within.Projects is null ? [] : [In("id", within.Projects)];
        List<QuotaView> found = [.. (await documents.QueryAsync<QuotaView>(new([.. reached, .. wanted.By("name")], "name",
            Limit: Most), cancel)).Items];
        if (wanted.Text is { } text)
        {
            var owners = (await people.SearchAsync(text, Most, cancel)).Keys.Select(owner => owner.ToString()).ToArray();
            found.AddRange((await documents.QueryAsync<QuotaView>(new(
                [.. reached, new("id", Comparison.In, owners), new("personal", Comparison.Equal, true)], Limit: Most),
                    cancel)).Items);
        }
        var names = await people.NamesAsync([.. found.Where(project => project.Personal).Select(project => project.Owner)],
            cancel);
        return [.. found.DistinctBy(project => project.Project).Take(Most).Select(project => new EventChoice(
            project.Project.ToString(),
            project.Personal && names.TryGetValue(project.Owner, out var owner) ? $"{project.Name} of {owner}" : project.Name))];
    }

    // Who is in a project, and who sent runs to it.
    private async Task<IReadOnlyList<EventChoice>> PeopleAsync(Reach within, WantedChoices wanted, CancellationToken cancel)
    {
        IReadOnlyDictionary<Id<User>, string> names;
        var id = Id<User>.TryParse(wanted.Id, out var user) ? user : (Id<User>?)null;
        if (within.Projects is null)
        {
            names = wanted.Id is null ? await people.SearchAsync(wanted.Text ?? "", Most, cancel)
                : await people.NamesAsync(id is { } one ? [one] : [], cancel);
        }
        else
        {
            var members = await documents.QueryAsync<Membership>(new([In("project", within.Projects)], Limit: Looked), cancel);
            var known = members.Items.Select(member => member.User).Concat((await UsedAsync("person", within, cancel))
                .Select(text => Id<User>.Parse(text)));
            names = await people.NamesAsync([.. known.Distinct().Where(person => wanted.Id is null || person == id)], cancel);
        }
        const string Portal = "the portal";
        return
        [
            .. names.Where(person => wanted.Fits(person.Value)).OrderBy(person => person.Value, StringComparer.OrdinalIgnoreCase)
                .Take(Most - 1).Select(person => new EventChoice(person.Key.ToString(), person.Value)),
            .. wanted.Fits(Portal) && wanted.Id is null or Itself ? [new EventChoice(Itself, Portal)] : Array.Empty<EventChoice>(),
        ];
    }

    // Its own, and those that its runs were sent to.
    private async Task<IReadOnlyList<MachineView>> MachinesAsync(
        Reach within, IReadOnlyList<Condition> where, int limit, CancellationToken cancel)
    {
        if (within.Projects is null) return (await documents.QueryAsync<MachineView>(new(where, "name", Limit: limit),
            cancel)).Items;
        var own = await documents.QueryAsync<MachineView>(new([.. where, In("project", within.Projects)], "name", Limit: limit),
            cancel);
        var used = await UsedAsync("machine", within, cancel);
        var shared = await documents.QueryAsync<MachineView>(new([.. where, new("id", Comparison.In, used)], "name",
            Limit: limit), cancel);
        return [.. own.Items.Concat(shared.Items).DistinctBy(machine => machine.Id)
            .OrderBy(machine => machine.Settings.Name, StringComparer.OrdinalIgnoreCase).Take(limit)];
    }

    // A key is called by whose it is and what it opens.
    private async Task<IReadOnlyList<EventChoice>> CredentialsAsync(
        Caller caller, Reach within, WantedChoices wanted, CancellationToken cancel)
    {
        List<IReadOnlyList<Condition>> ways = within.Projects is not { } projects ? [[]] :
        [
            [In("project", projects)], [new("owner", Comparison.Equal, $"{caller.User}")],
            [new("id", Comparison.In, (await documents.GroupAsync<CredentialMark>(new(
                [In("project", projects), new("credential", Comparison.NotEqual, null)], ["credential"],
                    [new(MeasureKind.Count)], Looked), cancel))
                .Select(group => group.Key[0]!).ToArray())],
        ];
        var found = new Dictionary<Id<Credential>, CredentialView>();
        foreach (var way in ways)
            foreach (var key in (await documents.QueryAsync<CredentialView>(
                new([.. way, .. wanted.ById], "created_at", Descending: true, Limit: Looked), cancel)).Items)
                found[key.Id] = key;
        var machines = (await MachinesAsync(new(null), [In("id", found.Values.Select(key => key.Machine))], Looked, cancel))
            .ToDictionary(machine => machine.Id, machine => machine.Settings.Name);
        var owners = await people.NamesAsync([.. found.Values.Select(key => key.Owner).Distinct()], cancel);
        return [.. found.Values.OrderByDescending(key => key.CreatedAt).Select(key => new EventChoice(key.Id.ToString(),
            $"{owners.GetValueOrDefault(key.Owner, "erased")} on {machines.GetValueOrDefault(key.Machine, "a machine")}"
            + (key.Ended is null ? "" : $", {key.Ended}"))).Where(key => wanted.Fits(key.Name)).Take(Most)];
    }

    private async Task<IReadOnlyList<EventChoice>> RunsAsync(Reach within, WantedChoices wanted, CancellationToken cancel)
    {
        IReadOnlyList<Condition> reached = within.Projects is null ? [] : [In("project", within.Projects)];
        var found = await documents.QueryAsync<RunView>(
            new([.. reached, .. wanted.By("name")], "submitted_at", Descending: true, Limit: Most), cancel);
        return [.. found.Items.Select(run => new EventChoice(run.Id.ToString(), string.Create(
            CultureInfo.InvariantCulture, $"{run.Name} · {run.SubmittedAt.UtcDateTime:d MMM yyyy HH:mm}")))];
    }

    // What runs of these projects name.
    private async Task<string[]> UsedAsync(string column, Reach within, CancellationToken cancel) =>
        [.. (await documents.GroupAsync<RunUsage>(new([In("project", within.Projects!)], [column], [new(MeasureKind.Count)],
            Looked), cancel))
            .Select(group => group.Key[0]!)];

    private static Condition In<T>(string column, IEnumerable<Id<T>> ids) =>
        new(column, Comparison.In, ids.Select(id => id.ToString()).ToArray());
}
