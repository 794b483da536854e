using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Whether a schema keeps the rules of section 3. What it asks, in what words and in what order is that of the reference
/// implementation's <c>validateSchema</c>. Specification, section 3, "Type Validation" of each kind of type.
/// </summary>
public static class SchemaValidator
{
    /// <summary>All that is wrong: operations first, then directives, then types in their order.</summary>
    /// <param name="schema">From <see cref="SchemaBuilder.BuildUnvalidated"/>.</param>
    public static ImmutableArray<SchemaError> Validate(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var check = new SchemaCheck(schema);
        check.CheckRoots();
        check.CheckDirectives();
        check.CheckTypes();
        return check.Errors;
    }
}

/// <summary>The rules, and what they found. This part asks about operations and directives.</summary>
internal sealed partial class SchemaCheck(Schema schema)
{
    private readonly ImmutableArray<SchemaError>.Builder _errors = ImmutableArray.CreateBuilder<SchemaError>();

    public ImmutableArray<SchemaError> Errors => _errors.ToImmutable();

    public void CheckRoots()
    {
        for (var kind = OperationKind.Query; kind <= OperationKind.Subscription; kind++)
        {
            var root = schema.DeclaredRoot(kind);
            if (root is null && kind == OperationKind.Query)
            {
                Tell("Query root type must be provided.", schema.Node?.Location);
            }
            else if (root is not (null or ObjectType))
            {
                var provided = kind == OperationKind.Query ? "" : " if provided";
                Tell($"{kind} root type must be Object type{provided}, it cannot be {root}.", RootPlace(kind, root));
            }
        }
    }

    public void CheckDirectives()
    {
        foreach (var directive in schema.Directives)
        {
            CheckName(directive.Name, directive.Node.Location);
            if (directive.Locations.IsEmpty)
            {
                Tell($"Directive @{directive.Name} must include 1 or more locations.", directive.Node.Location);
            }
            foreach (var argument in directive.Arguments)
            {
                CheckName(argument.Name, argument.Node.Location);
                if (!argument.Type.IsInput)
                {
                    Tell(
                        $"The type of @{directive.Name}({argument.Name}:) must be Input Type but got: {argument.Type}.",
                        argument.Node.Location);
                }
                CheckDeprecation(argument, $"argument @{directive.Name}({argument.Name}:)");
            }
        }
    }

    private Location? RootPlace(OperationKind kind, NamedType root) =>
        (schema.Node?.OperationTypes ?? []).Concat(schema.Extensions.SelectMany(extension => extension.OperationTypes))
            .FirstOrDefault(node => node.Operation == kind)?.Type.Location ?? root.Node?.Location;

    private void CheckName(string name, Location? place)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            Tell($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.", place);
        }
    }

    private void CheckDeprecation(InputElement element, string what)
    {
        if (element is { IsRequired: true, DeprecationReason: not null })
        {
            var directive = element.FindDirective("deprecated");
            Tell($"Required {what} cannot be deprecated.", directive?.Location, element.Node.Type.Location);
        }
    }

    // What was made by hand stands nowhere.
    private void Tell(string message, params IEnumerable<Location?> places) => _errors.Add(new SchemaError(
        message, [.. places.OfType<Location>().Where(place => place != Location.None)]));
}
