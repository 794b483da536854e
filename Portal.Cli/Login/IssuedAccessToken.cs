namespace Portal.Cli.Login;

/// <summary>An access token just made, as Account.graphql asks for it; its text is shown this once.</summary>
public sealed record IssuedAccessToken(string Text, DateTimeOffset Expires);
