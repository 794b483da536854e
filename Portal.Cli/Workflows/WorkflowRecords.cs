namespace Portal.Cli.Workflows;

/// <summary>A workflow, as Workflows.graphql asks for it.</summary>
public sealed record Workflow(string Id, string Key, string Name, string Title, int Version, string? Summary,
    DateTimeOffset ChangedAt);

/// <summary>A workflow with its text: the newest one's, or that of one version.</summary>
public sealed record WorkflowText(string Id, string Key, string Name, string Title, int Version, string? Summary,
    DateTimeOffset ChangedAt, string? Text = null, VersionText? VersionOf = null);

/// <summary>The text of one version.</summary>
public sealed record VersionText(int Number, string Text);
