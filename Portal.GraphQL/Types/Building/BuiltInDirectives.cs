using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>What the built-in directives say of what they stand at. Specification, sections 3.13.3 to 3.13.5.</summary>
internal static class BuiltInDirectives
{
    public const string DefaultReason = "No longer supported";

    // A reason of null means that it is not deprecated, as the reference has it.
    public static string? DeprecationReason(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, "deprecated") is not { } deprecated ? null
        : Argument(deprecated, "reason") is { } value ? Text(value, "reason", mayBeNull: true)
        : DefaultReason;

    public static string? SpecifiedBy(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, "specifiedBy") is not { } specifiedBy ? null
        : Argument(specifiedBy, "url") is { } value ? Text(value, "url", mayBeNull: false)
        : throw new SchemaException("Argument \"url\" of required type \"String!\" was not provided.", specifiedBy.Location);

    public static bool IsOneOf(ImmutableArray<DirectiveNode> directives) => Find(directives, "oneOf") is not null;

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name) =>
        directives.FirstOrDefault(directive => directive.Name.Value == name);

    private static ValueNode? Argument(DirectiveNode directive, string name) =>
        directive.Arguments.FirstOrDefault(argument => argument.Name.Value == name)?.Value;

    private static string? Text(ValueNode value, string argument, bool mayBeNull) => value switch
    {
        StringValueNode text => text.Value,
        NullValueNode when mayBeNull => null,
        NullValueNode => throw new SchemaException(
            $"Argument \"{argument}\" of non-null type \"String!\" must not be null.", value.Location),
        _ => throw new SchemaException($"Argument \"{argument}\" has invalid value {Printer.Print(value)}.", value.Location),
    };
}
