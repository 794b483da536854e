using System.Security.Claims;
using Portal.Domain.Projects;

namespace Portal.Web.Accounts.Providers;

/// <summary>Who somebody is at a provider.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Key">Who, for the provider.</param>
/// <param name="Claims">What it says of them, as far as it matters here.</param>
/// <param name="Vouched">Whether it has asked them for a second factor, as far as it is trusted with that.</param>
public sealed record ProviderPerson(Provider Provider, string Key, ClaimsPrincipal Claims, bool Vouched = false)
{
    /// <summary>Their mail address, where the provider tells it.</summary>
    public string? Mail => First(Provider.Settings.Claims.Mail);

    /// <summary>Whether the provider has seen that the address is theirs.</summary>
    public bool MailVerified => Mail is not null
        && string.Equals(First(Provider.Settings.Claims.MailVerified), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name to show, in one line and of at most 100 characters; what stands before the at-sign where none is
    /// told.</summary>
    public string Name
    {
        get
        {
            var told = First(Provider.Settings.Claims.Name) ?? Mail?.Split('@')[0] ?? "";
            var line = string.Concat(told.Where(sign => !char.IsControl(sign))).Trim();
            return line.Length > 100 ? line[..100] : line;
        }
    }

    /// <summary>Whether they are made an administrator.</summary>
    public bool Administers => Grants.Any(grant => grant.Administrator);

    /// <summary>The projects that they are made members of, with the largest role that a grant gives.</summary>
    public IReadOnlyDictionary<Domain.Common.Id<Project>, Role> Roles => Grants.Where(grant => grant.ProjectId is not null)
        .GroupBy(grant => grant.ProjectId!.Value).ToDictionary(one => one.Key, one => one.Max(grant => grant.Role));

    private IEnumerable<GrantSettings> Grants => Provider.Settings.Grants.Where(grant =>
        Claims.HasClaim(claim => claim.Type == grant.Claim && claim.Value == grant.Value));

    /// <summary>Neither the address nor the name.</summary>
    public override string ToString() => $"{nameof(ProviderPerson)} of {Provider.Name}";

    /// <summary>The claims that matter here, out of everything that a provider tells: the rest is not kept, not even for the
    /// moment until somebody is signed in.</summary>
    public static ClaimsPrincipal Reduce(Provider provider, ClaimsPrincipal told)
    {
        var claims = provider.Settings.Claims;
        string[] wanted = [ClaimTypes.NameIdentifier, claims.Name, claims.Mail, claims.MailVerified,
            .. provider.Settings.Grants.Select(grant => grant.Claim)];
        var kept = told.Claims.Where(claim => wanted.Contains(claim.Type)
                && (Of(claim.Type) is not { } values || values.Contains(claim.Value)))
            .Select(claim => new Claim(claim.Type, claim.Value)).DistinctBy(claim => (claim.Type, claim.Value)).ToList();
        if (kept.All(claim => claim.Type != ClaimTypes.NameIdentifier) && told.FindFirst(claims.Subject) is { } subject)
            kept.Add(new Claim(ClaimTypes.NameIdentifier, subject.Value));
        return new(new ClaimsIdentity(kept, provider.Name));

        // Somebody may be in a thousand groups: those that grant something are kept.
        IReadOnlyList<string>? Of(string type) => type != claims.Name && type != claims.Mail && type != claims.MailVerified
            && provider.Settings.Grants.Any(grant => grant.Claim == type)
            ? [.. provider.Settings.Grants.Where(grant => grant.Claim == type).Select(grant => grant.Value)]
            : null;
    }

    private string? First(string claim) => Claims.FindFirst(claim)?.Value is { Length: > 0 } value ? value : null;
}
