using System.Linq.Expressions;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Methods as resolvers: everything that reflection has to say is said here, once. Section 6.4.2.</summary>
internal static class ResolverCompiler
{
    public static FieldResolver Compile(MethodBinding binding) =>
        Expression.Lambda<FieldResolver>(Adaptation.Adapt(binding.Call()), binding.Context).Compile();

    public static SubscriptionSource CompileSource(MethodBinding binding) =>
        Expression.Lambda<SubscriptionSource>(Adaptation.AdaptSource(binding.Call()), binding.Context).Compile();
}
