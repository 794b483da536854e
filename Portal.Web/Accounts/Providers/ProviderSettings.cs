using System.Security.Claims;
using System.Text.RegularExpressions;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Web.Accounts.Providers;

/// <summary>An entry of the section <c>Portal:Providers</c>: who else may say who somebody is. With an authority it is OpenID
/// Connect (Discovery 1.0); with endpoints it is OAuth 2.0 (RFC 6749), whose user endpoint answers in JSON.</summary>
public sealed partial class ProviderSettings
{
    /// <summary>What the button says.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The issuer of OpenID Connect, an https address.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Where OAuth sends people.</summary>
    public string AuthorizationEndpoint { get; set; } = "";

    /// <summary>Where OAuth gives tokens.</summary>
    public string TokenEndpoint { get; set; } = "";

    /// <summary>Where OAuth tells who it is.</summary>
    public string UserEndpoint { get; set; } = "";

    /// <summary>What the provider knows the portal by.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret that goes with it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A file that holds the secret alone, in its place.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>What is asked for, with blanks between; empty for <c>openid profile email</c>, of OAuth for nothing.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>Which claims say what.</summary>
    public ProviderClaims Claims { get; set; } = new();

    /// <summary>Whether a verified address opens the account here that has confirmed the same one. Only for a provider that gives
    /// nobody an address that is another's.</summary>
    public bool LinkByVerifiedMail { get; set; }

    /// <summary>Values of <c>amr</c> (RFC 8176) in an ID token, with blanks between, of which each says that the provider has asked
    /// for a second factor: <c>mfa hwk</c>. Empty where it is not trusted with that.</summary>
    public string SecondFactorAmr { get; set; } = "";

    /// <summary>Values of <c>acr</c> (OpenID Connect Core 1.0, 2) that say so; the provider is asked for them.</summary>
    public string SecondFactorAcr { get; set; } = "";

    /// <summary>What claims make of people here.</summary>
    public IList<GrantSettings> Grants { get; } = [];

    /// <summary>Whether it speaks OpenID Connect.</summary>
    public bool IsOpenIdConnect => Authority.Length > 0;

    /// <summary>Whether it is trusted to say that it has asked for a second factor.</summary>
    public bool Vouches => Words(SecondFactorAmr).Length + Words(SecondFactorAcr).Length > 0;

    /// <summary>Whether an ID token says that it has.</summary>
    public bool IsVouched(ClaimsPrincipal token) =>
        Words(SecondFactorAmr).Any(value => token.HasClaim("amr", value))
        || Words(SecondFactorAcr).Any(value => token.HasClaim("acr", value));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The secret, from wherever it lies.</summary>
    public string Secret() => Composition.Secret.Of(ClientSecret, ClientSecretFile);

    /// <summary>Says what is wrong with it, at start.</summary>
    /// <exception cref="FormatException">Something is.</exception>
    public void Check(string name)
    {
        void Need(bool good, string what)
        {
            if (!good) throw new FormatException($"Portal:Providers:{name}: {what}");
        }
        Need(Name().IsMatch(name), "its name is of lower-case letters, digits and dashes, as it stands in addresses.");
        Need(ClientId.Length > 0, "ClientId is needed.");
        string[] endpoints = IsOpenIdConnect ? [Authority] : [AuthorizationEndpoint, TokenEndpoint, UserEndpoint];
        Need(endpoints.All(IsSafe), "Authority, or the three endpoints, are needed; all of them https.");
        Need(IsOpenIdConnect || !Vouches, "SecondFactorAmr and SecondFactorAcr need Authority: OAuth 2.0 has no ID token.");
        foreach (var grant in Grants)
        {
            Need(grant.Claim.Length > 0 && grant.Value.Length > 0, "a grant needs Claim and Value.");
            Need(grant.Administrator || grant.ProjectId is not null, "a grant needs Administrator, or the id of a Project.");
            Need(grant.Project.Length == 0 || Enum.IsDefined(grant.Role), "a grant's Role is none that there is.");
        }
    }

    // On the same machine nothing is between: that is for trying it out.
    private static bool IsSafe(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$")]
    private static partial Regex Name();
}

/// <summary>Which claims of a provider say what.</summary>
public sealed class ProviderClaims
{
    /// <summary>Who it is, for ever the same; OpenID Connect has it in <c>sub</c>.</summary>
    public string Subject { get; set; } = "sub";

    /// <summary>The name to show.</summary>
    public string Name { get; set; } = "name";

    /// <summary>The mail address.</summary>
    public string Mail { get; set; } = "email";

    /// <summary>Whether the provider has seen that the address is theirs: <c>true</c>.</summary>
    public string MailVerified { get; set; } = "email_verified";
}

/// <summary>What a claim makes of somebody here. It is asked anew at each sign-in, and taken back when it is not so any
/// more.</summary>
public sealed class GrantSettings
{
    /// <summary>The claim, such as <c>groups</c>.</summary>
    public string Claim { get; set; } = "";

    /// <summary>The value that it must have, or that must be among its values.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether it makes an administrator.</summary>
    public bool Administrator { get; set; }

    /// <summary>Id of the project of which it makes a member; empty for none.</summary>
    public string Project { get; set; } = "";

    /// <summary>As what.</summary>
    public Role Role { get; set; } = Role.Viewer;

    /// <summary>The project's id; null where none is named.</summary>
    public Id<Project>? ProjectId => Id<Project>.TryParse(Project, out var id) ? id : null;
}
