using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Jobs.Addresses;
using Portal.Web.Accounts.Providers;
using Portal.Web.Edge;

namespace Portal.Web.Composition;

/// <summary>Sign-in by providers: the framework's handlers of OpenID Connect and OAuth 2.0, both with PKCE (RFC 7636).</summary>
public static class ProvidersComposition
{
    /// <summary>Registers them. Behind accounts.</summary>
    /// <exception cref="FormatException">A setting means nothing.</exception>
    public static IServiceCollection AddProviders(this IServiceCollection services, PortalSettings settings)
    {
        var all = settings.Providers.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new Provider(entry.Key, entry.Value)).ToList();
        // A provider tells of further addresses by itself: those are looked at as people's are.
        var outgoing = new OutgoingGate(settings.Outgoing);
        var names = new CookieNames(settings.ByHttps);
        services.AddSingleton(new ProviderList(all)).AddScoped<ProviderSignIn>().AddScoped<ProviderGrants>();
        var schemes = services.AddAuthentication();
        foreach (var provider in all)
        {
            provider.Settings.Check(provider.Name);
            if (provider.Settings.IsOpenIdConnect)
            {
                schemes.AddOpenIdConnect(provider.Name, provider.DisplayName,
                    options => OpenIdConnect(options, provider, outgoing, names));
                services.PostConfigure<OpenIdConnectOptions>(provider.Name, Discover);
            }
            else
                schemes.AddOAuth(provider.Name, provider.DisplayName, options => OAuth(options, provider, outgoing, names));
        }
        return services;
    }

    private static void OpenIdConnect(OpenIdConnectOptions options, Provider provider, OutgoingGate outgoing, CookieNames names)
    {
        Common(options, provider, outgoing, names);
        options.Authority = provider.Settings.Authority;
        options.RequireHttpsMetadata = !new Uri(provider.Settings.Authority).IsLoopback;
        options.ClientId = provider.Settings.ClientId;
        options.ClientSecret = provider.Settings.Secret();
        options.ResponseType = OpenIdConnectResponseType.Code;
        // An answer by a form of the provider's comes with no cookie that is for this site.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        names.Name(options.NonceCookie, "portal-nonce.", SameSiteMode.Lax);
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.GetClaimsFromUserInfoEndpoint = true;
        // Nobody can sign out at a provider by an address of the portal's.
        options.RemoteSignOutPath = PathString.Empty;
        options.TokenValidationParameters.ValidAlgorithms = ProviderAnswers.Algorithms;
        options.Events.OnRedirectToIdentityProvider = context => ProviderAnswers.Asking(context, provider);
        options.Events.OnTokenValidated = context => ProviderAnswers.Validated(context, provider);
        options.Scope.Clear();
        foreach (var scope in Scopes(provider, "openid profile email")) options.Scope.Add(scope);
        foreach (var claim in Wanted(provider)) options.ClaimActions.MapJsonKey(claim, claim);
    }

    // Behind the handler's own, which makes the client that asks.
    private static void Discover(OpenIdConnectOptions options) =>
        options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.MetadataAddress, new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(options.Backchannel) { RequireHttps = options.RequireHttpsMetadata },
            new ProviderMetadata(options.Authority!));

    private static void OAuth(OAuthOptions options, Provider provider, OutgoingGate outgoing, CookieNames names)
    {
        Common(options, provider, outgoing, names);
        options.AuthorizationEndpoint = provider.Settings.AuthorizationEndpoint;
        options.TokenEndpoint = provider.Settings.TokenEndpoint;
        options.UserInformationEndpoint = provider.Settings.UserEndpoint;
        options.ClientId = provider.Settings.ClientId;
        options.ClientSecret = provider.Settings.Secret();
        options.UsePkce = true;
        foreach (var scope in Scopes(provider, "")) options.Scope.Add(scope);
        options.ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, provider.Settings.Claims.Subject);
        foreach (var claim in Wanted(provider)) options.ClaimActions.MapJsonKey(claim, claim);
        options.Events.OnCreatingTicket = ProviderAnswers.AskWhoAsync;
    }

    private static void Common(RemoteAuthenticationOptions options, Provider provider, OutgoingGate outgoing, CookieNames names)
    {
        options.BackchannelHttpHandler = outgoing.Handler([.. Named(provider.Settings)]);
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.CallbackPath = provider.CallbackPath;
        options.SaveTokens = false;
        options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        names.Name(options.CorrelationCookie, "portal-correlation.", SameSiteMode.Lax);
        options.Events.OnTicketReceived = context => ProviderAnswers.Received(context, provider);
        options.Events.OnAccessDenied = context => ProviderAnswers.Denied(context, provider);
        options.Events.OnRemoteFailure = context => ProviderAnswers.Failed(context, provider);
    }

    // Hosts that the operator named, wherever they are.
    private static IEnumerable<string> Named(ProviderSettings settings) =>
        ((string[])[settings.Authority, settings.AuthorizationEndpoint, settings.TokenEndpoint, settings.UserEndpoint])
            .Where(address => address.Length > 0).Select(address => new Uri(address).IdnHost);

    private static string[] Scopes(Provider provider, string usual) =>
        (provider.Settings.Scopes.Length > 0 ? provider.Settings.Scopes : usual)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Wanted(Provider provider)
    {
        var claims = provider.Settings.Claims;
        return provider.Settings.Grants.Select(grant => grant.Claim)
            .Concat([claims.Name, claims.Mail, claims.MailVerified]).Distinct();
    }
}
