using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Portal.Web.Accounts.Providers;

/// <summary>Takes a provider's metadata when its issuer is the configured one and it brings keys (OpenID Connect Discovery 1.0, 4.3):
/// else whoever answers there could speak for another issuer.</summary>
/// <param name="authority">The issuer, as it is configured; a slash at the end makes no difference.</param>
public sealed class ProviderMetadata(string authority) : IConfigurationValidator<OpenIdConnectConfiguration>
{
    /// <inheritdoc/>
    public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (Plain(configuration.Issuer) != Plain(authority))
            return new() { ErrorMessage = $"The metadata is of the issuer {configuration.Issuer}, and Authority is {authority}." };
        return configuration.SigningKeys.Count > 0
            ? new() { Succeeded = true }
            : new() { ErrorMessage = "The metadata brings no keys." };
    }

    private static string? Plain(string? issuer) => issuer?.TrimEnd('/');
}
