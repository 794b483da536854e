using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Where everything lives: machines, workflows, endpoints and runs belong to a project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its members call it.</param>
/// <param name="Members">Who is in it, as what.</param>
public sealed record Project(Id<Project> Id, string Name, IReadOnlyDictionary<Id<User>, Role> Members) : IAggregate<Project>
{
    /// <inheritdoc/>
    public static string Prefix => "project";

    /// <inheritdoc/>
    public static Project Empty { get; } = new(default, "", new Dictionary<Id<User>, Role>());

    /// <inheritdoc/>
    public Project Apply(Recorded recorded) => recorded.Body switch
    {
        ProjectCreated created => this with
        {
            Id = created.ProjectId,
            Name = created.Name,
            Members = new Dictionary<Id<User>, Role> { [created.Owner] = Role.Owner },
        },
        MemberAdded added => this with { Members = new Dictionary<Id<User>, Role>(Members) { [added.User] = added.Role } },
        MemberRemoved removed => this with
        {
            Members = Members.Where(member => member.Key != removed.User).ToDictionary(member => member.Key, member => member.Value),
        },
        _ => this,
    };
}
