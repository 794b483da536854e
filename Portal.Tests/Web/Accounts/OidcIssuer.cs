using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Tests.Web.Accounts;

/// <summary>A provider of OpenID Connect that says whatever a test wants it to: metadata, keys and an ID token for any code.</summary>
public sealed class OidcIssuer : IAsyncDisposable
{
    /// <summary>What the portal is called here.</summary>
    public const string Client = "portal";

    private readonly WebApplication app;

    private OidcIssuer(WebApplication app) => this.app = app;

    /// <summary>Where it is.</summary>
    public string Address => app.Urls.First();

    /// <summary>Who it says that it is, in its metadata; null for its address.</summary>
    public string? Issuer { get; set; }

    /// <summary>The key whose public half it publishes.</summary>
    public SecurityKey Key { get; } = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "rsa" };

    /// <summary>A secret that it publishes as a key, which no provider should.</summary>
    public SecurityKey Shared { get; } = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)) { KeyId = "shared" };

    /// <summary>The ID token that the next code is worth.</summary>
    public string Token { get; set; } = "";

    public static async Task<OidcIssuer> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new OidcIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = issuer.Issuer ?? issuer.Address, ["authorization_endpoint"] = $"{issuer.Address}/authorize",
            ["token_endpoint"] = $"{issuer.Address}/token", ["jwks_uri"] = $"{issuer.Address}/keys",
        }));
        app.MapGet("/keys", issuer.Keys);
        app.MapPost("/token", () => Results.Json(new Dictionary<string, string>
        {
            ["access_token"] = "of-no-use-to-anybody", ["token_type"] = "Bearer", ["id_token"] = issuer.Token,
        }));
        await app.StartAsync(cancel);
        return issuer;
    }

    /// <summary>An ID token as it should be, of somebody with this subject, but for what is changed.</summary>
    public string Make(string subject, string nonce, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = Client, IssuedAt = DateTime.UtcNow, Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new(Key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = subject, ["nonce"] = nonce, ["name"] = "Grace", ["email"] = $"{Guid.NewGuid():n}@example.org",
            },
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    private IResult Keys()
    {
        var rsa = JsonWebKeyConverter.ConvertFromRSASecurityKey((RsaSecurityKey)Key);
        return Results.Json(new
        {
            keys = (object[])[
                new { kty = "RSA", kid = "rsa", use = "sig", n = rsa.N, e = rsa.E },
                new { kty = "oct", kid = "shared", use = "sig", k = Base64UrlEncoder.Encode(((SymmetricSecurityKey)Shared).Key) },
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        ((RsaSecurityKey)Key).Rsa.Dispose();
    }
}
