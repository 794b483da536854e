using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// What has a name in a schema: types, fields, arguments, enum values, directives. It never changes once the schema is
/// built. Specification, September 2025, section 3.
/// </summary>
public abstract class SchemaElement
{
    private protected SchemaElement(
        string name, string? description, ImmutableArray<DirectiveNode> directives, ElementNotes? notes)
    {
        Name = name;
        Description = description;
        AppliedDirectives = directives;
        Annotations = notes?.Frozen ?? FrozenDictionary<string, object?>.Empty;
    }

    /// <summary>Its name. Section 2.1.9.</summary>
    public string Name { get; }

    /// <summary>What its author says of it, if anything. Section 3.1.</summary>
    public string? Description { get; }

    /// <summary>The directives that stand at its definition and at its extensions, in their order. Section 3.13.</summary>
    public ImmutableArray<DirectiveNode> AppliedDirectives { get; }

    /// <summary>What the layers above know of it, by their own keys: costs, permissions.</summary>
    public IReadOnlyDictionary<string, object?> Annotations { get; }

    /// <summary>The first directive of that name that stands here, or null.</summary>
    /// <param name="name">Without <c>@</c>.</param>
    public DirectiveNode? FindDirective(string name)
    {
        foreach (var directive in AppliedDirectives)
        {
            if (directive.Name.Value == name)
            {
                return directive;
            }
        }
        return null;
    }

    /// <summary>An annotation, or null when there is none of that key and type.</summary>
    /// <typeparam name="T">What the layer above put there.</typeparam>
    /// <param name="key">The layer's own key.</param>
    public T? Annotation<T>(string key)
        where T : class => Annotations.TryGetValue(key, out var value) ? value as T : null;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // A name needs no escapes.
    private protected static byte[] Quoted(string name, string tail = "") => Encoding.UTF8.GetBytes($"\"{name}\"{tail}");
}
