namespace Portal.Cli.Endpoints;

/// <summary>An endpoint, as Endpoints.graphql asks for it.</summary>
public sealed record Endpoint(string Id, string Key, string Name, string Url, string? UserName, string? HostKey,
    DateTimeOffset RegisteredAt);
