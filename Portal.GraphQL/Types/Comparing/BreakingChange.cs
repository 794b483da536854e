namespace Portal.GraphQL.Types;

/// <summary>How a change breaks documents that were valid before. The kinds of the reference implementation.</summary>
public enum BreakingChangeKind
{
    /// <summary>A type is no longer there.</summary>
    TypeRemoved,

    /// <summary>A type is of another kind.</summary>
    TypeChangedKind,

    /// <summary>A union has lost a member.</summary>
    TypeRemovedFromUnion,

    /// <summary>An enum has lost a value.</summary>
    ValueRemovedFromEnum,

    /// <summary>A field of an input object has to be given that had not.</summary>
    RequiredInputFieldAdded,

    /// <summary>A type does not implement an interface any more.</summary>
    ImplementedInterfaceRemoved,

    /// <summary>A field is no longer there.</summary>
    FieldRemoved,

    /// <summary>A field is of a type that documents do not expect.</summary>
    FieldChangedKind,

    /// <summary>An argument has to be given that had not.</summary>
    RequiredArgumentAdded,

    /// <summary>An argument is no longer there.</summary>
    ArgumentRemoved,

    /// <summary>An argument is of a type that does not take what was given.</summary>
    ArgumentChangedKind,

    /// <summary>A directive is no longer there.</summary>
    DirectiveRemoved,

    /// <summary>A directive may stand once where it might stand often.</summary>
    DirectiveRepeatableRemoved,

    /// <summary>A directive may not stand any more where it might.</summary>
    DirectiveLocationRemoved,
}

/// <summary>A change of a schema that breaks documents which were valid before.</summary>
/// <param name="Kind">How.</param>
/// <param name="Place">
/// What was changed: <c>Type</c>, <c>Type.field</c>, <c>Type.field(argument:)</c> or <c>@directive</c>.
/// </param>
/// <param name="Message">What was changed, in a sentence.</param>
public sealed record BreakingChange(BreakingChangeKind Kind, string Place, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Place}: {Message}";
}
