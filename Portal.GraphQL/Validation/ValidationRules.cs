namespace Portal.GraphQL.Validation;

/// <summary>The rules for documents, in the order in which they are asked. Specification, September 2025, section 5.</summary>
[Flags]
public enum ValidationRules
{
    /// <summary>No rule; also the rule of the last error when there were too many.</summary>
    None = 0,

    /// <summary>Nothing but operations and fragments. Section 5.1.1.</summary>
    ExecutableDefinitions = 1 << 0,

    /// <summary>Names of operations differ. Section 5.2.2.1.</summary>
    UniqueOperationNames = 1 << 1,

    /// <summary>An operation without a name is the only one. Section 5.2.3.1.</summary>
    LoneAnonymousOperation = 1 << 2,

    /// <summary>A subscription has one field at its root, of its own, and always. Section 5.2.4.1.</summary>
    SingleFieldSubscriptions = 1 << 3,

    /// <summary>Types have names that the schema knows. Sections 5.5.1.2 and 5.8.2.</summary>
    KnownTypeNames = 1 << 4,

    /// <summary>Fragments select from objects, interfaces and unions. Section 5.5.1.3.</summary>
    FragmentsOnCompositeTypes = 1 << 5,

    /// <summary>Variables have input types. Section 5.8.2.</summary>
    VariablesAreInputTypes = 1 << 6,

    /// <summary>Objects have a selection, scalars and enums have none. Section 5.3.3.</summary>
    ScalarLeafs = 1 << 7,

    /// <summary>Fields are those of the type that they are selected from. Section 5.3.1.</summary>
    FieldsOnCorrectType = 1 << 8,

    /// <summary>Names of fragments differ. Section 5.5.1.1.</summary>
    UniqueFragmentNames = 1 << 9,

    /// <summary>Fragments that are spread exist. Section 5.5.2.1.</summary>
    KnownFragmentNames = 1 << 10,

    /// <summary>Fragments are spread by some operation. Section 5.5.1.4.</summary>
    NoUnusedFragments = 1 << 11,

    /// <summary>Some object may be both what the fragment wants and what stands around it. Section 5.5.2.3.</summary>
    PossibleFragmentSpreads = 1 << 12,

    /// <summary>No fragment spreads itself. Section 5.5.2.2.</summary>
    NoFragmentCycles = 1 << 13,

    /// <summary>Names of an operation's variables differ. Section 5.8.1.</summary>
    UniqueVariableNames = 1 << 14,

    /// <summary>Variables are defined by each operation that uses them. Section 5.8.3.</summary>
    NoUndefinedVariables = 1 << 15,

    /// <summary>Variables that are defined are used. Section 5.8.4.</summary>
    NoUnusedVariables = 1 << 16,

    /// <summary>Directives are those of the schema, in places that they may stand. Sections 5.7.1 and 5.7.2.</summary>
    KnownDirectives = 1 << 17,

    /// <summary>A directive stands once in a place, unless it is repeatable. Section 5.7.3.</summary>
    UniqueDirectivesPerLocation = 1 << 18,

    /// <summary>Arguments are those of the field or directive. Section 5.4.1.</summary>
    KnownArgumentNames = 1 << 19,

    /// <summary>Names of arguments differ. Section 5.4.2.</summary>
    UniqueArgumentNames = 1 << 20,

    /// <summary>Values are values of the type that is expected. Sections 5.6.1, 5.6.2 and 5.6.4.</summary>
    ValuesOfCorrectType = 1 << 21,

    /// <summary>Arguments that must be given are given. Section 5.4.3.</summary>
    ProvidedRequiredArguments = 1 << 22,

    /// <summary>Variables stand where their type fits. Section 5.8.5.</summary>
    VariablesInAllowedPosition = 1 << 23,

    /// <summary>Fields with the same key in the response are the same. Section 5.3.2.</summary>
    OverlappingFieldsCanBeMerged = 1 << 24,

    /// <summary>Names of fields of an input object differ. Section 5.6.3.</summary>
    UniqueInputFieldNames = 1 << 25,

    /// <summary>Introspection does not go in circles; in no section, but in the reference implementation.</summary>
    MaxIntrospectionDepth = 1 << 26,

    /// <summary>All rules.</summary>
    All = (1 << 27) - 1,
}
