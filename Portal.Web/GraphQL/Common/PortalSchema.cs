using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Types;

namespace Portal.Web.GraphQL.Common;

/// <summary>The portal's GraphQL schema, made of the classes in these folders.</summary>
public static class PortalSchema
{
    private static readonly Lazy<Schema> Made =
        new(() => new CodeFirstSchema().Add(typeof(PortalSchema).Assembly).Services(IsHandler).Build());

    /// <summary>The schema, made once for all who ask; nothing has to run for that.</summary>
    /// <exception cref="SchemaException">The classes make no schema: a fault in them.</exception>
    public static Schema Schema => Made.Value;

    /// <summary>The schema as text, as it stands in <c>schema.graphql</c>: the same for the same schema.</summary>
    public static string Text() => SchemaPrinter.Print(Schema, sorted: true) + "\n";

    // Resolvers call what REST and the pages call.
    private static bool IsHandler(Type type) =>
        type.Namespace?.StartsWith("Portal.Domain.", StringComparison.Ordinal) == true
        && type.Name.EndsWith("Handler", StringComparison.Ordinal);
}
