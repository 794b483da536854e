namespace Portal.Web.Accounts;

/// <summary>What came of a try to sign in.</summary>
/// <param name="Refusal">What to say when it did not work; null when it did, or when there is a second step.</param>
/// <param name="SecondStep">Whether a further proof is asked for now.</param>
public sealed record SignInAnswer(string? Refusal = null, bool SecondStep = false)
{
    /// <summary>What is said to who proved who they are, and is shut out.</summary>
    public const string Disabled = "This account is disabled. Ask an administrator of this portal.";

    /// <summary>It worked.</summary>
    public static SignInAnswer Welcome { get; } = new();
}
