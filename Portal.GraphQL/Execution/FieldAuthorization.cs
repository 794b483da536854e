using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Says whether a field may be asked. It is asked before the resolver runs, before a subscription opens its source, and
/// again for every event. Null lets the field through; an error is answered in its place.
/// </summary>
/// <param name="context">What the resolver would be asked with.</param>
public delegate ValueTask<GraphQLError?> FieldAuthorizer(ResolverContext context);

/// <summary>Where authorisers are kept: as annotations of fields, and of objects for all of their fields.</summary>
public static class FieldAuthorization
{
    /// <summary>The key of the annotation. Its value is a <see cref="FieldAuthorizer"/>.</summary>
    public const string Key = "authorize";

    internal static FieldAuthorizer? Of(ObjectType type, FieldDefinition field)
    {
        var (outer, inner) = (type.Annotation<FieldAuthorizer>(Key), field.Annotation<FieldAuthorizer>(Key));
        return outer is null || inner is null ? inner ?? outer
            : async context => await outer(context) ?? await inner(context);
    }
}
