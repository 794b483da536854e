using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>One person's place in one project, as a read model.</summary>
/// <param name="Project">The project.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="User">The person.</param>
/// <param name="Role">As what.</param>
/// <param name="Personal">Whether it is the project made at sign-up.</param>
public sealed record Membership(Id<Project> Project, string ProjectName, Id<User> User, Role Role, bool Personal)
{
    /// <summary>The document's id for a person in a project.</summary>
    public static string IdOf(Id<Project> project, Id<User> user) => $"{project}:{user}";
}

/// <summary>Keeps <see cref="Membership"/> in the appending transaction, since every command asks it.</summary>
public sealed class MembershipProjection : Projection<Membership>
{
    /// <inheritdoc/>
    public override DocumentTable<Membership> Table { get; } = new(
        "memberships", member => Membership.IdOf(member.Project, member.User),
        [
            new("project", "text", member => member.Project.ToString()),
            new("user_id", "text", member => member.User.ToString()),
            new("project_name", "text", member => member.ProjectName),
        ],
        ["user_id, project_name", "project"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(ProjectCreated), typeof(ProjectRenamed), typeof(MemberAdded), typeof(MemberRemoved)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<Membership> documents, CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case ProjectCreated created:
                documents.Put(new(created.ProjectId, created.Name, created.Owner, Role.Owner, created.Personal));
                break;
            case ProjectRenamed renamed:
                foreach (var user in renamed.Members)
                    if (await documents.FindAsync(Membership.IdOf(renamed.ProjectId, user), cancel) is { } member)
                        documents.Put(member with { ProjectName = renamed.Name });
                break;
            case MemberAdded added:
                documents.Put(new(added.ProjectId, added.ProjectName, added.User, added.Role, Personal: false));
                break;
            case MemberRemoved removed:
                documents.Remove(Membership.IdOf(removed.ProjectId, removed.User));
                break;
        }
    }
}
