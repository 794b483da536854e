namespace Portal.Web.Components.Accounts;

/// <summary>What a form with a passkey sends.</summary>
public sealed class PasskeyAnswer
{
    /// <summary>What the browser made or showed, as JSON.</summary>
    public string Credential { get; set; } = "";

    /// <summary>What a new passkey is called.</summary>
    public string Name { get; set; } = "";
}
