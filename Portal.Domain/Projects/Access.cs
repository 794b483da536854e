using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Where every handler asks whether its caller may do what was asked. A refusal is noted as an event.</summary>
public sealed class Access(IDocuments documents, AccountAccess accounts, Denials denials)
{
    /// <summary>Null when the caller may; else the refusal: NOT_FOUND for who may not even see the project (what you may not see
    /// does not exist), FORBIDDEN for a member whose role is too small, and for a token that is not for this.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="project">Where.</param>
    /// <param name="operation">What they ask for.</param>
    /// <param name="what">What it is about, as it stands in the refusal: <c>machine</c>, <c>run</c>.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> RefusalAsync(Caller caller, Id<Project> project, Operation operation, string what, CancellationToken cancel)
    {
        if (caller.Door == "worker" && caller.User is null) return null;
        if (caller.User is not { } user) return Problem.NotFound(what);
        var rule = Policy.Of(operation);
        if (rule.Administrator && await accounts.AdministersAsync(caller, cancel)) return null;
        var membership = caller.Token?.Project is { } only && only != project ? null
            : await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel);
        var refusal = membership is null ? Problem.NotFound(what)
            : RoleRefusal(membership.Role, operation) ?? TokenRefusal(caller.Token, operation) ?? (rule.Administrator
                ? NoAdministrator : null);
        if (refusal is not null && await AuditsAsync(caller, project, cancel))
            refusal = Policy.IsAuditing(operation) ? TokenRefusal(caller.Token, operation)
                : membership is null ? OnlyLooks : refusal;
        if (refusal is not null) await denials.NoteAsync(caller, project, operation, refusal.Code, cancel);
        return refusal;
    }

    /// <summary>The same for what is the caller's own affair and belongs to no project; the answer to strangers is NOT_FOUND.</summary>
    public async Task<Problem?> RefusalAsync(Caller caller, Operation operation, string what, CancellationToken cancel)
    {
        if (caller.User is not { } user) return Problem.NotFound(what);
        var refusal = TokenRefusal(caller.Token, operation)
            ?? (caller.Token?.Project is null ? null : NotOneProject)
            ?? await PlaceRefusalAsync(caller, user, Policy.Of(operation), cancel);
        // What is noted of one's own affairs stands in one's own project.
        if (refusal is not null) await denials.NoteAsync(caller, new(user.Value), operation, refusal.Code, cancel);
        return refusal;
    }

    /// <summary>Notes a refusal that the thing itself decides, such as whose run it is, like all others.</summary>
    /// <returns>The same refusal.</returns>
    public async Task<Problem> RefusedAsync(
        Caller caller, Id<Project> project, Operation operation, Problem refusal, CancellationToken cancel)
    {
        await denials.NoteAsync(caller, project, operation, refusal.Code, cancel);
        return refusal;
    }

    // Only who was refused is asked about: everybody else pays nothing for it. The project has to be there.
    private async Task<bool> AuditsAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        (caller.Token?.Project is not { } only || only == project) && await accounts.AuditsAsync(caller, cancel)
        && await documents.FindAsync<QuotaView>(project.ToString(), cancel) is not null;

    private async Task<Problem?> PlaceRefusalAsync(Caller caller, Id<User> user, Rule rule, CancellationToken cancel) => rule switch
    {
        { Administrator: false, Auditor: false } => null,
        { Administrator: true } when await accounts.AdministersAsync(user, cancel) => null,
        { Auditor: true } when await accounts.AuditsAsync(caller, cancel) => null,
        { Auditor: true } => NoAuditor,
        _ => NoAdministrator,
    };

    private static Problem OnlyLooks { get; } =
        new("FORBIDDEN", "As an auditor of this portal you see this project, and change nothing in it.",
            Advice: "Ask an owner of the project to make you a member.");

    private static Problem NoAuditor { get; } =
        new("FORBIDDEN", "That is for auditors of this portal.", Advice: "Ask an administrator to make you one.");

    private static Problem NotOneProject { get; } =
        new("FORBIDDEN", "This access token is for one project alone.", Advice: "Use one that is for all of your projects.");

    private static Problem NoAdministrator { get; } =
        new("FORBIDDEN", "That is for administrators of this portal.", Advice: "Ask one of them.");

    private static Problem? RoleRefusal(Role role, Operation operation) =>
        Policy.Of(operation).Permission is not { } needed || Policy.Allows(role, needed) ? null
        : new("FORBIDDEN", $"Your role in this project, {role.ToString().ToLowerInvariant()}, does not allow that.",
            Advice: $"Ask an owner of the project for the role of {Policy.LeastRole(needed).ToString().ToLowerInvariant()}.");

    private static Problem? TokenRefusal(ShownToken? token, Operation operation)
    {
        var rule = Policy.Of(operation);
        if (token is null) return null;
        if (rule.InPerson)
            return new("FORBIDDEN", "No access token does that: it takes a person.", Advice: "Sign in and do it in the browser.");
        if (rule.Scopes.Count == 0 || rule.Scopes.Any(token.Scopes.Contains)) return null;
        return new("FORBIDDEN", $"This access token is not for that: it lacks the scope {string.Join(" or ", rule.Scopes.Select(Scopes.NameOf))}.",
            Advice: "Make a token that has it, under Account, Access tokens.");
    }
}
