namespace Portal.Web.Composition;

/// <summary>The section <c>Portal:GraphQL</c> of the configuration.</summary>
public sealed class GraphQLSettings
{
    /// <summary>Whether the schema may be asked for by those who are signed in.</summary>
    public bool Introspection { get; set; } = true;

    /// <summary>How often it is asked, while nothing happens, whether who follows is still signed in.</summary>
    public TimeSpan RecheckEvery { get; set; } = TimeSpan.FromSeconds(2);
}
