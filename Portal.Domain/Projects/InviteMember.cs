using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Asks somebody into a project, by their mail address or by their account.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Project">The project.</param>
/// <param name="Role">What they shall be.</param>
/// <param name="Address">The mail address that they sign in with, or will; null where the account is named.</param>
/// <param name="Person">Their account; null where the address is given.</param>
public sealed record InviteMember(
    Id<Invitation> Id, Id<Project> Project, Role Role, string? Address = null, Id<User>? Person = null)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Most invitations of a project that wait for an answer.</summary>
    public const int MostOpen = 100;

    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">The project.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="sha256">Of the link's secret.</param>
    /// <param name="now">The time now.</param>
    public static Result<IReadOnlyList<object>> Decide(
        Project state, InviteMember command, Id<User> by, string sha256, DateTimeOffset now)
    {
        if (state.Id == default) return Problem.NotFound("project");
        if (state.Personal)
            return new Problem("PERSONAL_PROJECT", "A personal project takes no members.", "project",
                Advice: "Make a project for what several people share, and invite them there.");
        if (state.Invitations.ContainsKey(command.Id)) return AlreadyMade;
        if (Wrong(command) is { } wrong) return wrong;
        if (command.Person is { } person && state.Members.ContainsKey(person))
            return new Problem("ALREADY_MEMBER", "This person is a member already.", "person",
                Advice: "Change their role instead.");
        if (state.Invitations.Values.Count(one => one.State == InvitationState.Open && one.Until > now) >= MostOpen)
            return new Problem("TOO_MANY_INVITATIONS", $"{MostOpen} invitations of this project wait for an answer.",
                Advice: "Revoke some of them, or wait for their answers.");
        return new object[]
        {
            new MemberInvited(command.Project, command.Id, command.Role, command.Person, by, sha256, now + Life),
        };
    }

    /// <summary>The refusal where an invitation was made under this id before, or is being made now.</summary>
    internal static Problem AlreadyMade { get; } = new("CONFLICT",
        "An invitation was made under this id already; its link was shown then and is not shown again.", "id",
        Advice: "If the link was lost, revoke this invitation and make another.");

    private static Problem? Wrong(InviteMember command)
    {
        if (!Enum.IsDefined(command.Role)) return Problem.Invalid("role", "There is no such role.");
        if (command.Person is null == command.Address is null)
            return Problem.Invalid("address", "An invitation is for a mail address, or for an account: one of the two.");
        return command.Address is { } address && !MailAddress.IsGood(address)
            ? Problem.Invalid("address", "This is not a mail address.", "Give the address that they sign in with, or will.")
            : null;
    }
}

/// <summary>An invitation just made: the only time that its secret is seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">What its link holds.</param>
/// <param name="Until">From when on it is worth nothing.</param>
/// <param name="Mailed">Whether the link goes to the address by mail; else who invites passes it on.</param>
public sealed record MadeInvitation(Id<Invitation> Id, string Secret, DateTimeOffset Until, bool Mailed)
{
    /// <summary>The link, without the portal's address before it.</summary>
    public string Path => InvitationSecret.Page + Secret;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{nameof(MadeInvitation)} {Id}";
}

/// <summary>Handles <see cref="InviteMember"/>: owners may.</summary>
public sealed class InviteMemberHandler(
    Ledger ledger, Access access, IInvitationAddresses addresses, IInvitationMail mail, IPeople people, IChance chance,
    IRandomBytes random)
{
    /// <summary>Makes it, and shows its secret once. The address is kept first: an invitation without one would be for
    /// nobody.</summary>
    public async Task<Result<MadeInvitation>> HandleAsync(Caller caller, InviteMember command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.InviteMember, "project", cancel) is { } refusal)
            return refusal;
        command = command with { Address = command.Address?.Trim() };
        var (secret, now, by) = (InvitationSecret.Make(random), chance.Now, caller.User!.Value);
        var sha256 = InvitationSecret.HashOf(secret);
        var state = (await ledger.LoadAsync<Project>(command.Project.Value, cancel)).State;
        var decided = InviteMember.Decide(state, command, by, sha256, now);
        if (!decided.Ok) return Result.Refused<MadeInvitation>(decided.Problems);
        if (command.Person is { } person && !(await people.NamesAsync([person], cancel)).ContainsKey(person))
            return Problem.Invalid("person", "There is no account with this id.",
                "Their account page shows it. Or invite them by their mail address.");
        if (command.Address is { } address && !await addresses.KeepAsync(command.Id, address, now + InviteMember.Life, cancel))
            return InviteMember.AlreadyMade;
        var written = await ledger.ChangeAsync<Project>(caller, command.Project.Value,
            project => InviteMember.Decide(project, command, by, sha256, now), cancel);
        if (!written.Ok) return Result.Refused<MadeInvitation>(written.Problems);
        var until = now + InviteMember.Life;
        var mailed = command.Address is { } to && await mail.SendAsync(
            new(to, InvitationSecret.Page + secret, written.Value.Name, by, until), CancellationToken.None);
        return new MadeInvitation(command.Id, secret, until, mailed);
    }
}
