using Portal.Domain.Workflows.Description;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>What a parameter is called, and how its default is shown.</summary>
[ObjectType<ParameterDefinition>("Parameter")]
public static class ParameterFields
{
    /// <summary>Value when none is given, as text, perhaps with expressions; null: it must be given.</summary>
    public static string? GetDefault([Parent] ParameterDefinition parameter) => parameter.Default?.Text;

    // What was kept could be read when it was added.
    internal static IReadOnlyList<ParameterDefinition> Of(string description) =>
        WorkflowParser.Parse(description).Value?.Parameters ?? [];
}
