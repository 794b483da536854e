using System.Text.Json.Serialization;

namespace Portal.Web.Mail;

/// <summary>What waits in the outbox. A link's secret is made when its mail is written, and is never stored; that of an
/// invitation, of which only a hash is kept elsewhere, lies here sealed.</summary>
[JsonDerivedType(typeof(ConfirmAddress), "confirm"), JsonDerivedType(typeof(ResetPassword), "reset")]
[JsonDerivedType(typeof(PasswordChanged), "changed"), JsonDerivedType(typeof(InvitationLink), "invitation")]
[JsonDerivedType(typeof(RunsWait), "runs-wait"), JsonDerivedType(typeof(AddressTaken), "taken")]
[JsonDerivedType(typeof(FactorsRemoved), "factors-removed"), JsonDerivedType(typeof(TokenMade), "token-made")]
public abstract record Parcel
{
    /// <summary>Whether it goes to this person.</summary>
    /// <param name="user">Their id.</param>
    /// <param name="address">Their mail address.</param>
    public bool IsFor(Guid user, string address) => this switch
    {
        ConfirmAddress parcel => Same(parcel.Address, address),
        AddressTaken parcel => Same(parcel.Address, address),
        ResetPassword parcel => Same(parcel.Address, address),
        InvitationLink parcel => Same(parcel.Address, address),
        PasswordChanged parcel => parcel.User == user,
        FactorsRemoved parcel => parcel.User == user,
        TokenMade parcel => parcel.User == user,
        RunsWait parcel => parcel.User == user,
        _ => false,
    };

    private static bool Same(string one, string other) =>
        string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);

    /// <summary>No address and no secret.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>The link that confirms an address, where an account waits for that.</summary>
/// <param name="Address">As it was typed.</param>
public sealed record ConfirmAddress(string Address) : Parcel;

/// <summary>Word that an address has an account already, to who signs up with it once more.</summary>
/// <param name="Address">As it was typed.</param>
public sealed record AddressTaken(string Address) : Parcel;

/// <summary>The link to a new password, where there is an account. Whether there is, is asked when the mail is written: so the
/// page that takes the address does the same work for every one.</summary>
/// <param name="Address">As it was typed.</param>
public sealed record ResetPassword(string Address) : Parcel;

/// <summary>Word that an account has another password.</summary>
/// <param name="User">Whose.</param>
public sealed record PasswordChanged(Guid User) : Parcel;

/// <summary>Word that an administrator took away an account's second factors.</summary>
/// <param name="User">Whose.</param>
public sealed record FactorsRemoved(Guid User) : Parcel;

/// <summary>Word that an access token was made.</summary>
/// <param name="User">Whose.</param>
/// <param name="Name">The client that it is for.</param>
/// <param name="Expires">Its end.</param>
public sealed record TokenMade(Guid User, string Name, DateTimeOffset Expires) : Parcel;

/// <summary>An invitation's link.</summary>
/// <param name="Address">For whom it was made.</param>
/// <param name="Path">The link, without the portal's address.</param>
/// <param name="Project">The project's name; null for the installation.</param>
/// <param name="By">Who invites.</param>
/// <param name="Until">Until when it is good.</param>
public sealed record InvitationLink(string Address, string Path, string? Project, Guid By, DateTimeOffset Until) : Parcel;

/// <summary>Word that runs wait for somebody's second look. How many is found out when the mail is written: those that were
/// decided meanwhile are not told of.</summary>
/// <param name="User">Who may decide.</param>
/// <param name="Project">In which project.</param>
public sealed record RunsWait(Guid User, Guid Project) : Parcel;
