using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Types;

namespace Portal.Web.GraphQL.Common;

/// <summary>The portal's GraphQL schema, made of the classes in these folders.</summary>
public static class PortalSchema
{
    /// <summary>Makes it; nothing has to run for that.</summary>
    /// <exception cref="SchemaException">The classes make no schema: a fault in them.</exception>
    public static Schema Build() =>
        new CodeFirstSchema().Add(typeof(PortalSchema).Assembly).Services(IsHandler).Build();

    /// <summary>The schema as text, as it stands in <c>schema.graphql</c>: the same for the same schema.</summary>
    public static string Text() => SchemaPrinter.Print(Build(), sorted: true) + "\n";

    // Resolvers call what REST and the pages call.
    private static bool IsHandler(Type type) =>
        type.Namespace?.StartsWith("Portal.Domain.", StringComparison.Ordinal) == true
        && type.Name.EndsWith("Handler", StringComparison.Ordinal);
}
