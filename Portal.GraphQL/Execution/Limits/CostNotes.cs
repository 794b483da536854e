using System.Collections.Immutable;
using System.Globalization;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// How large a list is: the value of the first argument that is given among those that say it, or else the size that is
/// assumed. A field that is no list hands the size on to lists in it. An annotation of key <see cref="CostNotes.SizeKey"/>,
/// or the directive <c>@listSize</c>.
/// </summary>
/// <param name="Assumed">Without an argument; null for what is usual.</param>
public sealed record ListSize(int? Assumed = null)
{
    /// <summary>Names of arguments that say the size.</summary>
    public ImmutableArray<string> Arguments { get; init; } = ["first", "last"];

    /// <summary>Names of the fields below that have the size, if the field itself is no list.</summary>
    public ImmutableArray<string> Fields { get; init; } = ["edges", "nodes"];

    internal bool Sizes(string field) => Fields.Contains(field);

    internal bool IsConstant(FieldNode node) => !node.Arguments.Any(
        argument => argument.Value is VariableNode && Arguments.Contains(argument.Name.Value));

    internal double? SizeOf(FieldNode node, FieldDefinition field, IReadOnlyDictionary<string, object?>? variables)
    {
        foreach (var name in Arguments)
        {
            var value = node.Arguments.FirstOrDefault(argument => argument.Name.Value == name)?.Value;
            double? size = value switch
            {
                IntValueNode literal => double.Parse(literal.Text, CultureInfo.InvariantCulture),
                VariableNode variable => variables?.GetValueOrDefault(variable.Name.Value) as int?,
                null => field.FindArgument(name)?.DefaultValue as int?,
                _ => null,
            };
            if (size is { } known)
            {
                return Math.Max(known, 0);
            }
        }
        return Assumed;
    }
}

/// <summary>What the schema says of costs: annotations, or directives in its text.</summary>
public static class CostNotes
{
    /// <summary>
    /// Key of an annotation of fields and objects: a boxed <c>double</c>. The directive is <c>@cost(weight:)</c>.
    /// </summary>
    public const string WeightKey = "cost";

    /// <summary>Key of an annotation of fields: a <see cref="ListSize"/>.</summary>
    public const string SizeKey = "listSize";

    internal static double WeightOf(FieldDefinition field) =>
        field.Annotations.TryGetValue(WeightKey, out var value) && value is double weight ? weight
        : Weight(field.FindDirective("cost")) ?? 0;

    // An object counts 1, a leaf nothing.
    internal static double WeightOf(NamedType type) =>
        type.Annotations.TryGetValue(WeightKey, out var value) && value is double weight ? weight
        : Weight(type.FindDirective("cost")) ?? (type.IsComposite ? 1 : 0);

    internal static ListSize? SizeOf(FieldDefinition field)
    {
        if (field.Annotation<ListSize>(SizeKey) is { } noted)
        {
            return noted;
        }
        if (field.FindDirective("listSize") is { } directive)
        {
            var assumed = Argument(directive, "assumedSize") as IntValueNode;
            var size = new ListSize(assumed is null ? null : int.Parse(assumed.Text, CultureInfo.InvariantCulture));
            return size with
            {
                Arguments = Names(directive, "slicingArguments") ?? size.Arguments,
                Fields = Names(directive, "sizedFields") ?? size.Fields,
            };
        }
        // Arguments of the usual names say it without a note.
        return field.FindArgument("first") is null && field.FindArgument("last") is null ? null : new ListSize();
    }

    private static ValueNode? Argument(DirectiveNode directive, string name) =>
        directive.Arguments.FirstOrDefault(argument => argument.Name.Value == name)?.Value;

    private static double? Weight(DirectiveNode? directive) => directive is null ? null : Argument(directive, "weight") switch
    {
        IntValueNode whole => double.Parse(whole.Text, CultureInfo.InvariantCulture),
        FloatValueNode other => double.Parse(other.Text, CultureInfo.InvariantCulture),
        StringValueNode text => double.Parse(text.Value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static ImmutableArray<string>? Names(DirectiveNode directive, string name) =>
        Argument(directive, name) is ListValueNode list
            ? [.. list.Items.OfType<StringValueNode>().Select(item => item.Value)]
            : null;
}
