using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>What an event is about.</summary>
/// <param name="Kind">The kind of thing, as its stream's name has it: <c>run</c>, <c>machine</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called now; null where it has no name, or is no more.</param>
public sealed record EventSubject(string Kind, string Id, string? Name);

/// <summary>Says what events are about, by name. For those who may see the events.</summary>
public sealed class EventSubjects(IDocuments documents)
{
    /// <summary>What each of these streams is about; one statement for each kind of thing.</summary>
    public async Task<IReadOnlyDictionary<string, EventSubject>> OfAsync(IEnumerable<string> streams, CancellationToken cancel)
    {
        var subjects = streams.Distinct().Select(stream => (Stream: stream, Subject: Of(stream))).ToList();
        var names = new Dictionary<(string, string), string>();
        await AddAsync<RunView>(Run.Prefix, run => (run.Id.ToString(), run.Name));
        await AddAsync<MachineView>(Machine.Prefix, machine => (machine.Id.ToString(), machine.Settings.Name));
        await AddAsync<WorkflowView>(Workflow.Prefix, workflow => (workflow.Id.ToString(), workflow.Name));
        await AddAsync<EndpointView>(Endpoint.Prefix, endpoint => (endpoint.Id.ToString(), endpoint.Name));
        await AddAsync<CredentialView>(Credential.Prefix, credential => (credential.Id.ToString(), credential.Fingerprint));
        await AddAsync<Membership>(Project.Prefix, member => (member.Project.ToString(), member.ProjectName), "project");
        return subjects.ToDictionary(one => one.Stream,
            one => one.Subject with { Name = names.GetValueOrDefault((one.Subject.Kind, one.Subject.Id)) });

        async Task AddAsync<T>(string kind, Func<T, (string Id, string Name)> name, string column = "id") where T : class
        {
            var ids = subjects.Where(one => one.Subject.Kind == kind).Select(one => one.Subject.Id).ToList();
            if (ids.Count == 0) return;
            foreach (var view in (await documents.QueryAsync<T>(new([new(column, Comparison.In, ids)], Limit: 1000), cancel)).Items)
                names[(kind, name(view).Id)] = name(view).Name;
        }
    }

    private static EventSubject Of(string stream) => stream.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
        ? new(stream[..dash], stream[(dash + 1)..], null)
        : new(stream, "", null);
}
