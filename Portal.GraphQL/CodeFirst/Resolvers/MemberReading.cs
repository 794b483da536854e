using System.Linq.Expressions;
using System.Reflection;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Properties as functions of their parent.</summary>
internal static class MemberReading
{
    public static Expression<Func<object, object?>> OfProperty(PropertyInfo property)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var owner = property.DeclaringType!;
        var value = Expression.Property(Cast(parent, owner), property);
        return Expression.Lambda<Func<object, object?>>(Box(value), parent);
    }

    public static Expression Cast(Expression value, Type type) =>
        type.IsValueType ? Expression.Unbox(value, type) : Expression.Convert(value, type);

    // Always with a node of its own around the value, which who wants no box takes away.
    public static Expression Box(Expression value) => Expression.Convert(value, typeof(object));
}
