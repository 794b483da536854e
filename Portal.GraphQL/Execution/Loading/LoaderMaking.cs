using System.Collections.Concurrent;
using System.Reflection;

namespace Portal.GraphQL.Execution;

/// <summary>Makes loaders: a registered one, or one of the only public constructor and the services that it asks for.</summary>
internal static class LoaderMaking
{
    private static readonly ConcurrentDictionary<Type, ConstructorInfo> Constructors = new();

    public static DataLoader Make(Type type, IServiceProvider services)
    {
        if (services.GetService(type) is DataLoader registered)
        {
            return registered;
        }
        var constructor = Constructors.GetOrAdd(type, static type => type.GetConstructors() is [var only]
            ? only
            : throw new InvalidOperationException($"{type} needs exactly one public constructor."));
        var arguments = constructor.GetParameters().Select(parameter => Argument(parameter, services)).ToArray();
        return (DataLoader)constructor.Invoke(arguments);
    }

    private static object? Argument(ParameterInfo parameter, IServiceProvider services) =>
        parameter.ParameterType == typeof(IServiceProvider) ? services
        : services.GetService(parameter.ParameterType)
        ?? (parameter.HasDefaultValue ? parameter.DefaultValue : throw new InvalidOperationException(
            $"No service {parameter.ParameterType} is registered, which {parameter.Member.DeclaringType} asks for."));
}
