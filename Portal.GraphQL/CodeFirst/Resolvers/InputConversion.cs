using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Coerced values as the types of C# that ask for them. Specification, section 6.4.1.</summary>
internal static class InputConversion
{
    // An argument of a resolver.
    public static Expression Read(Expression arguments, int index, Type type, string? idType) =>
        Call(nameof(Argument), type, idType, arguments, Expression.Constant(index));

    // A field of an input object, of type OrderedDictionary<string, object?>.
    public static Expression ReadField(Expression map, string name, Type type, string? idType) =>
        Call(nameof(Field), type, idType, map, Expression.Constant(name));

    public static Func<object?, T?> For<T>(string? idType)
    {
        var type = new ClrType(typeof(T), null, true);
        if (type.Item is { } item)
        {
            return (Func<object?, T?>)Generic(nameof(ForList), typeof(T), item.Type).Invoke(null, [idType])!;
        }
        if (idType is not null)
        {
            return (Func<object?, T?>)Generic(nameof(ForId), typeof(T), type.Bare).Invoke(null, [idType])!;
        }
        if (type.Bare.IsPrimitive && type.Bare != typeof(bool))
        {
            var bare = type.Bare;
            return value => value is T same ? same
                : value is null ? default
                : (T)Convert.ChangeType(value is string { Length: 1 } one ? one[0] : value, bare, CultureInfo.InvariantCulture);
        }
        return value => value is T same ? same : default;
    }

    private static Expression Call(string method, Type type, string? idType, params Expression[] from)
    {
        var isOptional = new ClrType(type, null, true).IsOptional;
        var inner = isOptional ? type.GetGenericArguments()[0] : type;
        var convert = Generic(nameof(For), inner).Invoke(null, [idType]);
        return Expression.Call(
            typeof(InputConversion), isOptional ? "Optional" + method : method, [inner], [.. from, Expression.Constant(convert)]);
    }

    private static MethodInfo Generic(string name, params Type[] types) => typeof(InputConversion)
        .GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.MakeGenericMethod(types);

    private static T? Argument<T>(ArgumentValues values, int index, Func<object?, T?> convert) => convert(values[index]);

    private static Optional<T> OptionalArgument<T>(ArgumentValues values, int index, Func<object?, T?> convert) =>
        values.Has(index) ? new Optional<T>(convert(values[index])) : default;

    private static T? Field<T>(OrderedDictionary<string, object?> map, string name, Func<object?, T?> convert) =>
        convert(map.GetValueOrDefault(name));

    private static Optional<T> OptionalField<T>(OrderedDictionary<string, object?> map, string name, Func<object?, T?> convert) =>
        map.TryGetValue(name, out var value) ? new Optional<T>(convert(value)) : default;

    private static Func<object?, TList?> ForList<TList, T>(string? idType)
    {
        var convert = For<T>(idType);
        Func<T?[], object> make = typeof(TList) switch
        {
            var t when t.IsAssignableFrom(typeof(T[])) => items => items,
            var t when t == typeof(List<T>) => items => new List<T?>(items),
            var t when t == typeof(ImmutableArray<T>) => items => ImmutableArray.Create(items),
            var t when t.GetConstructor([typeof(IEnumerable<T>)]) is { } constructor => items => constructor.Invoke([items]),
            var t => throw new InvalidOperationException($"Nothing makes {t} of a list."),
        };
        return value => value is not List<object?> list ? default : (TList)make([.. list.Select(convert)]);
    }

    private static Func<object?, T?> ForId<T, TBare>(string? idType)
        where TBare : IParsable<TBare> => value =>
            value is null ? default : (T)(object)GlobalId.DecodeAs<TBare>(idType!, (string)value);
}
