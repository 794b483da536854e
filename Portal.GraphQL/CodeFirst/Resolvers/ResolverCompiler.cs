using System.Linq.Expressions;
using System.Reflection;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>
/// Methods and properties as resolvers: everything that reflection has to say is said here, once; what comes of it is compiled
/// when it is first asked for. Section 6.4.2.
/// </summary>
internal static class ResolverCompiler
{
    public static Lazy<FieldResolver> Compile(MethodBinding binding) =>
        new(Expression.Lambda<FieldResolver>(Adaptation.Adapt(binding.Call()), binding.Context).Compile);

    // Of a property that gives its value later.
    public static Lazy<FieldResolver> Compile(PropertyInfo property)
    {
        var context = Expression.Parameter(typeof(ResolverContext), "context");
        var parent = Expression.Property(context, nameof(ResolverContext.Parent));
        var value = Expression.Property(MemberReading.Cast(parent, property.DeclaringType!), property);
        return new(Expression.Lambda<FieldResolver>(Adaptation.Adapt(value), context).Compile);
    }

    public static SubscriptionSource CompileSource(MethodBinding binding) =>
        Expression.Lambda<SubscriptionSource>(Adaptation.AdaptSource(binding.Call()), binding.Context).Compile();
}
