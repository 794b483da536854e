using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Portal.GraphQL.Execution;

/// <summary>Looks into a parent by a field's name: into dictionaries by key, into objects by property. Section 6.4.2.</summary>
internal static class DefaultReader
{
    private static readonly ConcurrentDictionary<(Type Class, string Name), Func<object, object?>> Readers = new();

    public static object? Read(object? parent, string name) => parent switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(name),
        _ => Readers.GetOrAdd((parent.GetType(), name), Make)(parent),
    };

    private static Func<object, object?> Make((Type Class, string Name) key)
    {
        var property = key.Class.GetProperty(
            key.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        if (property?.GetMethod is null)
        {
            return _ => null;
        }
        var parent = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(parent, key.Class), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), parent).Compile();
    }
}
