using Portal.Domain.Audit;
using Portal.Domain.Credentials;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Credentials;

/// <summary>A credential as it was; its private half is shown to nobody.</summary>
/// <param name="past">What is known of it.</param>
[ObjectType("CredentialAt")]
public sealed class CredentialAtNode(AsItWas<Credential> past) : PastNode<Credential>(past)
{
    /// <summary>The line for <c>authorized_keys</c>.</summary>
    public string PublicKey => State.PublicKey;

    /// <summary>SHA-256 fingerprint as OpenSSH prints it.</summary>
    public string Fingerprint => State.Fingerprint;

    /// <summary><c>rotated</c> or <c>revoked</c>; null while it might be used.</summary>
    public string? Ended => State.Ended;
}

/// <summary>What leads from a credential as it was to something else.</summary>
[ObjectType<CredentialAtNode>]
public static class CredentialAtFields
{
    /// <summary>Whose it is.</summary>
    public static Task<Person?> GetOwnerAsync([Parent] CredentialAtNode credential, PersonLoader people) =>
        people.LoadAsync(credential.State.Owner);

    /// <summary>Everything in its own record, oldest first, up to now. Cursors are versions.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static EventPage GetEvents([Parent] CredentialAtNode credential, int first = EventPages.Usual, string? after = null) =>
        credential.Page(first, after);

    /// <summary>What differs from how it was at another moment; without one, what its last event changed.</summary>
    public static Task<IReadOnlyList<DifferenceNode>> GetDifferencesAsync([Parent] CredentialAtNode credential,
        [Service] Past past,
        MomentInput? since = null, bool all = false, CancellationToken cancel = default) =>
        credential.DifferencesAsync(past, since, all, "credential", CredentialTraits.Of, cancel);
}
