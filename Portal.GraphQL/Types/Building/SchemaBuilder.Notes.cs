using System.Runtime.CompilerServices;

namespace Portal.GraphQL.Types;

/// <content>What the program adds to definitions.</content>
public sealed partial class SchemaBuilder
{
    /// <summary>Gives a field its resolver. Section 6.4.2.</summary>
    /// <param name="type">An object's name.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="resolver">Gives the value.</param>
    public SchemaBuilder Resolve(string type, string field, FieldResolver resolver) =>
        Resolve(type, field, new Lazy<FieldResolver>(resolver));

    internal SchemaBuilder Resolve(string type, string field, Lazy<FieldResolver> resolver)
    {
        _notes.For($"{type}.{field}").Resolver = resolver;
        return this;
    }

    /// <summary>Says how a field is read off its parent, without anything else. Section 6.4.2.</summary>
    /// <param name="type">An object's name.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="read">From the parent to the value.</param>
    public SchemaBuilder Read(string type, string field, Func<object?, object?> read) =>
        Read(type, field, new Lazy<Func<object?, object?>>(read));

    internal SchemaBuilder Read(string type, string field, Lazy<Func<object?, object?>> read)
    {
        _notes.For($"{type}.{field}").Read = read;
        return this;
    }

    /// <summary>Says how a field is read off its parent of a class.</summary>
    /// <typeparam name="T">The class of the parent.</typeparam>
    /// <param name="type">An object's name.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="read">From the parent to the value.</param>
    public SchemaBuilder Read<T>(string type, string field, Func<T, object?> read)
        where T : class => Read(type, field, parent => read(Unsafe.As<T>(parent)!));

    /// <summary>Says how a leaf is written off its parent without becoming an object in between. Section 6.4.3.</summary>
    /// <param name="type">An object's name.</param>
    /// <param name="field">The name of a field whose type is a scalar or an enum, or one of these without null.</param>
    /// <param name="write">From the parent into the answer.</param>
    public SchemaBuilder Write(string type, string field, LeafWriter write) => Write(type, field, new Lazy<LeafWriter>(write));

    internal SchemaBuilder Write(string type, string field, Lazy<LeafWriter> write)
    {
        _notes.For($"{type}.{field}").Write = write;
        return this;
    }

    /// <summary>Gives a field of the subscription type its events. Section 6.2.3.1.</summary>
    /// <param name="type">The subscription type's name.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="source">Opens the stream.</param>
    public SchemaBuilder Subscribe(string type, string field, SubscriptionSource source)
    {
        _notes.For($"{type}.{field}").Source = source;
        return this;
    }

    /// <summary>Says how the values of a scalar are read and written. Section 3.5.</summary>
    /// <param name="type">The scalar's name; not a built-in one.</param>
    /// <param name="codec">Reads and writes.</param>
    public SchemaBuilder Scalar(string type, ScalarCodec codec)
    {
        _notes.For(type).Codec = codec;
        return this;
    }

    /// <summary>Says what resolvers give and get for a value of an enum. Section 3.9.</summary>
    /// <param name="type">The enum's name.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">Compared by <c>Equals</c>.</param>
    public SchemaBuilder EnumValue(string type, string name, object value)
    {
        _notes.For($"{type}.{name}").EnumValue = value;
        return this;
    }

    /// <summary>Says what resolvers get for an input object. See <see cref="InputObjectType.Construct"/>.</summary>
    /// <param name="type">The input object's name.</param>
    /// <param name="construct">From the coerced fields by name.</param>
    public SchemaBuilder Construct(string type, Func<OrderedDictionary<string, object?>, object?> construct)
    {
        _notes.For(type).Construct = construct;
        return this;
    }

    /// <summary>Says which object the values of an interface or a union are. Section 6.4.3.</summary>
    /// <param name="type">The interface's or union's name.</param>
    /// <param name="resolver">From a value to its object.</param>
    public SchemaBuilder ResolveType(string type, TypeResolver resolver)
    {
        _notes.For(type).TypeResolver = resolver;
        return this;
    }

    /// <summary>Says of which class the values of an object are. See <see cref="Schema.TypeOf(object)"/>.</summary>
    /// <param name="type">The object's name.</param>
    /// <param name="clrType">The class; one object has it.</param>
    public SchemaBuilder Class(string type, Type clrType)
    {
        _notes.For(type).ClrType = clrType;
        return this;
    }

    /// <summary>Adds to the annotations of an element.</summary>
    /// <param name="coordinate">
    /// <c>Type</c>, <c>Type.field</c>, <c>Type.VALUE</c>, <c>Type.field(argument:)</c>, <c>@directive</c>,
    /// <c>@directive(argument:)</c>; nothing for the schema itself. Section 3.14.
    /// </param>
    /// <param name="key">The layer's own key.</param>
    /// <param name="value">Anything.</param>
    public SchemaBuilder Annotate(string coordinate, string key, object? value)
    {
        (_notes.For(coordinate).Annotations ??= new(StringComparer.Ordinal))[key] = value;
        return this;
    }
}
