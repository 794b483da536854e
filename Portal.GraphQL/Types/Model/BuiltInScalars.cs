using System.Collections.Immutable;

namespace Portal.GraphQL.Types;

/// <summary>The scalars that every schema has; the same objects in all. Specification, section 3.5.</summary>
public static class BuiltInScalars
{
    /// <summary>Whole numbers of 32 bits: <c>int</c>. Section 3.5.1.</summary>
    public static ScalarType Int { get; } = Make(
        "Int",
        "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) " +
        "and 2^31 - 1.",
        new IntCodec());

    /// <summary>Numbers of double precision: <c>double</c>. Section 3.5.2.</summary>
    public static ScalarType Float { get; } = Make(
        "Float",
        "The `Float` scalar type represents signed double-precision fractional values as specified by " +
        "[IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).",
        new FloatCodec());

    /// <summary>Text: <c>string</c>. Section 3.5.3.</summary>
    public static ScalarType String { get; } = Make(
        "String",
        "The `String` scalar type represents textual data, represented as UTF-8 character sequences. The String type is most " +
        "often used by GraphQL to represent free-form human-readable text.",
        new StringCodec());

    /// <summary>True or false: <c>bool</c>. Section 3.5.4.</summary>
    public static ScalarType Boolean { get; } = Make(
        "Boolean", "The `Boolean` scalar type represents `true` or `false`.", new BooleanCodec());

    /// <summary>Names of objects: <c>string</c>. Section 3.5.5.</summary>
    public static ScalarType Id { get; } = Make(
        "ID",
        "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The ID " +
        "type appears in a JSON response as a String; however, it is not intended to be human-readable. When expected as an " +
        "input type, any string (such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.",
        new IdCodec());

    /// <summary>All five.</summary>
    public static ImmutableArray<ScalarType> All { get; } = [String, Int, Float, Boolean, Id];

    private static ScalarType Make(string name, string description, ScalarCodec codec) =>
        new(name, description, codec) { IsBuiltIn = true };
}
