using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Tests.Domain.Audit;

public sealed class EventSearchIndexTests
{
    private static readonly Id<Project> Project = new(Guid.CreateVersion7());
    private static readonly Id<Machine> Machine = new(Guid.CreateVersion7());
    private static readonly Id<Credential> Credential = new(Guid.CreateVersion7());
    private static readonly Id<Run> Run = new(Guid.CreateVersion7());

    public static TheoryData<object, string[]> Named => new()
    {
        { new PhaseEntered(Run, Phase.Queued), ["run"] },
        { new LeaseGranted(Run, default, Credential, default, default), ["run", "credential"] },
        { new RunRetried(Run, Machine, default, Phase.Queued, []), ["run", "machine"] },
        { new RunAdmitted(Project, Run), ["run", "project"] },
        { new MachineRegistered(Machine, Project, default, null!), ["machine", "project"] },
        { new MachineChecked(Machine, Credential.Value, true, []), ["machine", "credential"] },
        { new MachineShared(Machine, Project, "a", "b"), ["machine"] },
        { new CredentialRotated(Credential, new(Guid.CreateVersion7())), ["credential"] },
        { new EndpointRegistered(default, Project, "data", "ftp://a", null), ["project"] },
        { new UnknownEvent("unheard_of", "{}"), [] },
    };

    [Theory, MemberData(nameof(Named))]
    public void What_an_event_names_is_told_by_the_types_of_its_properties(object body, string[] expected)
    {
        var recorded = new Recorded(1, "some-1", 1, default, "some", 1, "{}", body, new("a", "user", "page", default), default, default);
        var found = new EventSearchIndex().Keys.Where(key => key.Value(recorded) is not null)
            .ToDictionary(key => key.Name, key => key.Value(recorded));

        Assert.Equal(expected.Order(), found.Keys.Order());
        foreach (var (name, id) in new (string, Guid)[] { ("project", Project.Value), ("machine", Machine.Value),
            ("credential", Credential.Value), ("run", Run.Value) })
            if (found.TryGetValue(name, out var value)) Assert.Equal(id, value);
    }}
