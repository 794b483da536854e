using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Accounts;

/// <summary>Everybody gets a project of their own at sign-up, so that they can begin at once. Its id is the person's own, which
/// makes a repeat harmless; its name tells nothing about the person, since it stands in an event.</summary>
public sealed class PersonalProject(CreateProjectHandler projects) : INewAccount
{
    /// <inheritdoc/>
    public async Task CreatedAsync(Id<User> user, string displayName, CancellationToken cancel)
    {
        var caller = new Caller(user, null, "page", false, user.Value, null);
        await projects.HandleAsync(caller, new(new(user.Value), "Personal", Personal: true), cancel);
    }
}
