using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Gives a member another role.</summary>
/// <param name="Project">The project.</param>
/// <param name="Person">The member.</param>
/// <param name="Role">What they shall be.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ChangeRoleInput([Id("Project")] Id<Project> Project, [Id("Person")] Id<User> Person, Role Role,
    Guid? ClientMutationKey = null);

/// <summary>Takes a member out of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Person">The member.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record RemoveMemberInput([Id("Project")] Id<Project> Project, [Id("Person")] Id<User> Person,
    Guid? ClientMutationKey = null);

/// <summary>Takes the caller out of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record LeaveProjectInput([Id("Project")] Id<Project> Project, Guid? ClientMutationKey = null);

/// <summary>What is done with members.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class MemberMutations
{
    /// <summary>Gives a member another role; owners may. The last owner stays one.</summary>
    public static Task<MutationResult<MemberNode>> ChangeRoleAsync(ChangeRoleInput input, [Caller] Caller caller,
        ChangeRoleHandler roles, ListMembersHandler members, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeRole {input.Project} {input.Person}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Project, input.ClientMutationKey,
            () => roles.HandleAsync(keyed, new(input.Project, input.Person, input.Role), cancel), async () =>
            {
                var found = await members.HandleAsync(caller, input.Project,
                    new([new("user_id", Comparison.Equal, input.Person.ToString())], Limit: 1), cancel);
                return found.Value?.Items is [var member] ? new MemberNode(member) : null;
            }, cancel);
    }

    /// <summary>
    /// Takes a member out of a project; owners may. It does not exist for them from then on, and nothing runs there with
    /// their keys.
    /// </summary>
    [Payload("removedId"), Id("Person")]
    public static async Task<MutationResult<Id<User>>> RemoveMemberAsync(RemoveMemberInput input, [Caller] Caller caller,
        RemoveMemberHandler members, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"removeMember {input.Project} {input.Person}", input.ClientMutationKey);
        return await DoneAsync(repeats, keyed, input.Project, input.ClientMutationKey, cancel)
            || await members.HandleAsync(keyed, new(input.Project, input.Person), cancel) is not { Problems: { } problems }
            ? input.Person
            : Refused.Of<Id<User>>(problems);
    }

    /// <summary>Takes the caller out of a project. The last owner cannot go.</summary>
    [Payload("leftId"), Id("Project")]
    public static async Task<MutationResult<Id<Project>>> LeaveProjectAsync(LeaveProjectInput input, [Caller] Caller caller,
        LeaveProjectHandler members, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"leaveProject {input.Project}", input.ClientMutationKey);
        return await DoneAsync(repeats, keyed, input.Project, input.ClientMutationKey, cancel)
            || await members.HandleAsync(keyed, new(input.Project), cancel) is not { Problems: { } problems }
            ? input.Project
            : Refused.Of<Id<Project>>(problems);
    }

    // Asked a second time, the member is not there any more.
    private static async Task<bool> DoneAsync(
        FindRepeatHandler repeats, Caller keyed, Id<Project> project, Guid? key, CancellationToken cancel) =>
        key is not null && (await repeats.HandleAsync<Project>(keyed, project.Value, cancel)).Count > 0;
}
