using Portal.Cli.GraphQL;

namespace Portal.Cli.Projects;

/// <summary>A project, as Projects.graphql asks for it.</summary>
public sealed record Project(string Id, string Key, string Name, string Role, bool Personal);

/// <summary>Who asks, with a page of their projects.</summary>
public sealed record Viewer(Connection<Project> Projects);

/// <summary>A project with a page of its members.</summary>
public sealed record ProjectMembers(Connection<Member> Members);

/// <summary>A project with what it uses.</summary>
public sealed record ProjectQuotas(Quotas? Quotas);

/// <summary>What a project uses, and how much it may; a limit of null is none.</summary>
public sealed record Quotas(int Runs, int? RunLimit, double CoreHours, double CoreHoursAsked, int? CoreHourLimit, long Bytes,
    long? ByteLimit, DateTimeOffset Month, DateTimeOffset Turns);

/// <summary>A person in a project.</summary>
public sealed record Member(string Role, Person Person);

/// <summary>Somebody.</summary>
public sealed record Person(string Id, string? Name);

/// <summary>An invitation just made; its path holds the secret.</summary>
public sealed record MadeInvitation(string Id, string Path, DateTimeOffset Until);

/// <summary>An invitation as it is shown, once.</summary>
public sealed record ShownInvitation(string Link, DateTimeOffset Until);
