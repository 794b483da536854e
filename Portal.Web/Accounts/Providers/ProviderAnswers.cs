using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Web.Accounts.Providers;

/// <summary>What is done with a provider's answer, good or bad.</summary>
public static class ProviderAnswers
{
    private const string Log = "Portal.Providers";

    /// <summary>How ID tokens may be signed (RFC 7518, 3.1): by a key of the provider's alone. Neither "none", nor a secret that
    /// both have.</summary>
    public static IReadOnlyList<string> Algorithms { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Asks an OAuth provider who it is. Only its own answer over its own connection counts.</summary>
    public static async Task AskWhoAsync(OAuthCreatingTicketContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Accept.ParseAdd("application/json");
        // Some answer nobody who does not say what they are.
        request.Headers.UserAgent.ParseAdd("Portal");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var person = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        context.RunClaimActions(person.RootElement);
    }

    /// <summary>Asks for a second factor, where the provider is trusted to say that it did.</summary>
    public static Task Asking(RedirectContext context, Provider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (provider.Settings.SecondFactorAcr.Length > 0) context.ProtocolMessage.AcrValues = provider.Settings.SecondFactorAcr;
        return Task.CompletedTask;
    }

    /// <summary>Refuses what is not signed: the handler lets that pass where it fetched the token itself (OpenID Connect Core
    /// 1.0, 3.1.3.7). Notes whether the token says that a second factor was asked for; what the user endpoint says of that counts
    /// not.</summary>
    public static Task Validated(TokenValidatedContext context, Provider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!Algorithms.Contains(context.SecurityToken.SignatureAlgorithm))
            throw new SecurityTokenInvalidAlgorithmException("The ID token is not signed as it has to be.");
        if (provider.Settings.IsVouched(context.Principal!)) context.Properties!.Items[ProviderSignIn.Vouched] = "yes";
        return Task.CompletedTask;
    }

    /// <summary>Keeps what matters of who it is.</summary>
    public static Task Received(TicketReceivedContext context, Provider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Principal = ProviderPerson.Reduce(provider, context.Principal!);
        return Task.CompletedTask;
    }

    /// <summary>The person, or the provider, said no.</summary>
    public static Task Denied(AccessDeniedContext context, Provider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HandleResponse();
        context.Response.Redirect(ProviderRoutes.Refused(ProviderRefusals.Denied, provider.Name, Connects(context.Properties)));
        return Task.CompletedTask;
    }

    /// <summary>Something else went wrong. The log gets what the provider calls it; the page a code.</summary>
    public static Task Failed(RemoteFailureContext context, Provider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        var said = context.Failure?.Data["error"] as string;
        var code = ProviderRefusals.CodeOf(said, context.Properties is null);
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(Log).LogWarning(
            "The provider {Provider} did not sign somebody in: {Fault} {Error} {Description}", provider.Name,
            context.Failure?.GetType().Name, OneLine(said), OneLine(context.Failure?.Data["error_description"] as string));
        context.HandleResponse();
        context.Response.Redirect(ProviderRoutes.Refused(code, provider.Name, Connects(context.Properties)));
        return Task.CompletedTask;
    }

    /// <summary>Writes down that a provider could not be asked at all.</summary>
    public static void Note(HttpContext context, string provider, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(Log)
            .LogError(fault, "The provider {Provider} could not be asked.", provider);
    }

    private static bool Connects(AuthenticationProperties? properties) =>
        properties?.Items.ContainsKey(ProviderSignIn.Connects) == true;

    private static string OneLine(string? text) =>
        string.Concat((text ?? "").Where(sign => !char.IsControl(sign)).Take(300));
}
