using System.Collections;
using System.Reflection;

namespace Portal.GraphQL.CodeFirst;

/// <summary>A type of C# with what is known of its nulls.</summary>
internal readonly record struct ClrType(Type Type, NullabilityInfo? Info, bool IsInput)
{
    public Type Bare => Nullable.GetUnderlyingType(Type) ?? Type;

    // Where the code says nothing of nulls, there may be some.
    public bool IsNullable => Type.IsValueType
        ? Nullable.GetUnderlyingType(Type) is not null
        : Info is not null && (IsInput ? Info.WriteState : Info.ReadState) != NullabilityState.NotNull;

    // What a task gives, or an optional holds.
    public ClrType Unwrapped
    {
        get
        {
            var definition = Type.IsGenericType ? Type.GetGenericTypeDefinition() : null;
            var isWrapper = definition == typeof(Task<>) || definition == typeof(ValueTask<>) || definition == typeof(Optional<>);
            return isWrapper ? Argument(0) : this;
        }
    }

    public bool IsOptional => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(Optional<>);

    // Of a list or a stream; null if it is none.
    public ClrType? Item
    {
        get
        {
            var bare = Bare;
            if (bare.IsArray)
            {
                return new ClrType(bare.GetElementType()!, Info?.ElementType, IsInput);
            }
            if (bare == typeof(string) || typeof(IDictionary).IsAssignableFrom(bare)
                || Implemented(bare, typeof(IReadOnlyDictionary<,>)) is not null)
            {
                return null;
            }
            var list = Implemented(bare, typeof(IEnumerable<>)) ?? Implemented(bare, typeof(IAsyncEnumerable<>));
            if (list is null)
            {
                return null;
            }
            var item = list.GetGenericArguments()[0];
            var isPlain = bare.IsGenericType && bare.GetGenericArguments() is [var only] && only == item;
            return new ClrType(item, isPlain ? Info?.GenericTypeArguments.ElementAtOrDefault(0) : null, IsInput);
        }
    }

    public static ClrType Of(ParameterInfo parameter, bool isInput) =>
        new(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), isInput);

    public static ClrType Of(PropertyInfo property, bool isInput) =>
        new(property.PropertyType, new NullabilityInfoContext().Create(property), isInput);

    public static Type? Implemented(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type
        : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    public ClrType Argument(int index) =>
        new(Type.GetGenericArguments()[index], Info?.GenericTypeArguments.ElementAtOrDefault(index), IsInput);
}
