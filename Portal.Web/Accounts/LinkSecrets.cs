using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Projects;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Keeps the secret of a link (an invitation, an address to be confirmed, a new password) for an hour, so that it outlives
/// signing in. It comes from behind the hash sign of the address, which no browser sends; wwwroot/js/shell.js brings it here and takes
/// it out of the address.</summary>
public sealed class LinkSecrets(SealedCookies cookies)
{
    /// <summary>Where a page's script brings one.</summary>
    public const string Path = "/links";

    /// <summary>Most bytes that it brings.</summary>
    public const int LargestBody = 16 << 10;

    // What a secret begins with, and where it is kept.
    private static readonly Dictionary<string, SealedCookie> Kinds = new[]
    {
        (InvitationSecret.Prefix, "portal-invitation"), (MailLink.ConfirmPrefix, "portal-mail"), (MailLink.ResetPrefix, "portal-reset"),
    }.ToDictionary(one => one.Item1, one => new SealedCookie(one.Item2, "Portal.Accounts.Links", one.Item1, TimeSpan.FromHours(1)));

    /// <summary>Maps the place.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ([FromBody] LinkSecret given, LinkSecrets links) =>
            links.Keep(given.Secret) ? Results.NoContent() : Results.BadRequest())
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ExcludeFromDescription();

    /// <summary>Keeps one; false for what is none.</summary>
    public bool Keep(string? secret)
    {
        if (secret is not { Length: <= 2000 } || Kinds.Keys.FirstOrDefault(known => secret.StartsWith(known, StringComparison.Ordinal))
            is not { } prefix) return false;
        cookies.Keep(Kinds[prefix], secret);
        return true;
    }

    /// <summary>The secret that is kept of this kind; null if there is none, or its time is up.</summary>
    /// <param name="prefix">What it begins with.</param>
    public string? Of(string prefix) => cookies.Read(Kinds[prefix]);

    /// <summary>Forgets one that is of no use any more.</summary>
    public void Forget(string prefix) => cookies.Forget(Kinds[prefix]);

    /// <summary>Forgets all, as somebody signs out.</summary>
    public void Forget()
    {
        foreach (var cookie in Kinds.Values) cookies.Forget(cookie);
    }
}

/// <summary>What a page's script brings.</summary>
/// <param name="Secret">What stood behind the hash sign, without it.</param>
public sealed record LinkSecret(string? Secret);
