namespace Portal.GraphQL.Types;

/// <summary>
/// Gives the value of a field. What is there at once is given as <c>new(value)</c> and costs nothing more; the context
/// comes by value, so that a lambda may be <c>async</c>. Specification, section 6.4.2.
/// </summary>
/// <param name="context">What the field is asked with.</param>
public delegate ValueTask<object?> FieldResolver(ResolverContext context);

/// <summary>Writes the value of a leaf. False when it is null: then nothing was written. Specification, section 6.4.3.</summary>
/// <param name="parent">The object whose field it is.</param>
/// <param name="output">Where to.</param>
public delegate bool LeafWriter(object? parent, JsonOutput output);

/// <summary>
/// Opens the stream of events of a subscription's field; each event then goes through the field's resolver as the
/// parent. The stream ends with the token. Specification, section 6.2.3.1.
/// </summary>
/// <param name="context">What the field is asked with; its token is the subscription's.</param>
public delegate ValueTask<IAsyncEnumerable<object?>> SubscriptionSource(ResolverContext context);

/// <summary>
/// What a resolver may look at. The executor makes one for each call; it is small and lives on the stack.
/// Specification, section 6.4.2.
/// </summary>
/// <param name="parent">The object whose field it is.</param>
/// <param name="parentType">The type of that object.</param>
/// <param name="field">The field.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="schema">The schema that is executed.</param>
/// <param name="state">What the host gave along with the request: services, the user.</param>
/// <param name="cancel">Ends when nobody waits for the answer any more.</param>
public readonly struct ResolverContext(
    object? parent,
    ObjectType parentType,
    FieldDefinition field,
    ArgumentValues arguments,
    Schema schema,
    object? state,
    CancellationToken cancel)
{
    /// <summary>The object whose field it is; the root value at the outermost level, the event in a subscription.</summary>
    public object? Parent { get; } = parent;

    /// <summary>The type of that object.</summary>
    public ObjectType ParentType { get; } = parentType;

    /// <summary>The field.</summary>
    public FieldDefinition Field { get; } = field;

    /// <summary>Its arguments, coerced.</summary>
    public ArgumentValues Arguments { get; } = arguments;

    /// <summary>The schema that is executed.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>What the host gave along with the request: services, the user.</summary>
    public object? State { get; } = state;

    /// <summary>Ends when nobody waits for the answer any more.</summary>
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>An argument by its name, as the type that it was coerced to; the default of that type if it is absent.</summary>
    /// <typeparam name="T">For example <c>int</c>, <c>string</c>, or what an input object constructs.</typeparam>
    /// <param name="name">A name among the field's arguments.</param>
    /// <exception cref="ArgumentException">The field has no such argument.</exception>
    public T? Argument<T>(string name)
    {
        var argument = Field.FindArgument(name)
            ?? throw new ArgumentException($"{Field.Name} has no argument {name}.", nameof(name));
        return Arguments.Get<T>(argument.Index);
    }
}

/// <summary>
/// Coerced arguments by their place in <see cref="FieldDefinition.Arguments"/>. One that was not given and has no default
/// holds <see cref="Absent"/>, which is not null. Specification, section 6.4.1, <c>CoerceArgumentValues()</c>.
/// </summary>
/// <param name="values">As many as the field has arguments; null if it has none.</param>
public readonly struct ArgumentValues(object?[]? values)
{
    /// <summary>Stands for what was not given.</summary>
    public static object Absent { get; } = new();

    /// <summary>The value; null if it was not given.</summary>
    /// <param name="index">An <see cref="InputElement.Index"/>.</param>
    public object? this[int index] => values![index] is var value && ReferenceEquals(value, Absent) ? null : value;

    /// <summary>Whether it was given, or has a default.</summary>
    /// <param name="index">An <see cref="InputElement.Index"/>.</param>
    public bool Has(int index) => !ReferenceEquals(values![index], Absent);

    /// <summary>The value as its type; the default of that type for null and for what was not given.</summary>
    /// <typeparam name="T">What it was coerced to.</typeparam>
    /// <param name="index">An <see cref="InputElement.Index"/>.</param>
    public T? Get<T>(int index) => this[index] is T value ? value : default;
}
