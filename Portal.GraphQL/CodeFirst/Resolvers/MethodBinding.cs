using System.Linq.Expressions;
using System.Reflection;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Where the parameters of a resolver come from.</summary>
internal sealed class MethodBinding
{
    private static readonly MethodInfo ServiceMethod = typeof(RequestContext).GetMethod(nameof(RequestContext.Service))!;
    private static readonly MethodInfo LoaderMethod = typeof(RequestContext).GetMethod(nameof(RequestContext.Loader))!;

    private readonly SchemaDraft _draft;
    private readonly bool[] _isParent;

    private readonly bool _isMutation;

    // Of the parameters, given the context.
    private readonly List<Expression> _values = [];

    public MethodBinding(
        SchemaDraft draft, MethodInfo method, Type? parent, IReadOnlyList<Expression>? given = null, bool isMutation = false)
    {
        (_draft, Method, _isMutation) = (draft, method, isMutation);
        var parameters = method.GetParameters();
        _isParent = [.. parameters.Select((parameter, index) => parameter.IsDefined(typeof(ParentAttribute))
            || (index == 0 && parent is not null && given is null && parameter.ParameterType.IsAssignableFrom(parent)
                && parameter.ParameterType != typeof(object)))];
        // The input as a whole, if the method takes it as one.
        var inputs = isMutation ? parameters.Where(parameter => parameter.Name == "input" && IsArgument(parameter)).ToList() : [];
        IsWhole = inputs.Count == 1 && parameters.Count(IsArgument) == 1;
        for (var i = 0; i < parameters.Length; i++)
        {
            _values.Add(given?.ElementAtOrDefault(i) ?? Bind(parameters[i], _isParent[i]));
        }
    }

    public MethodInfo Method { get; }

    public ParameterExpression Context { get; } = Expression.Parameter(typeof(ResolverContext), "context");

    public List<InputDraft> Arguments { get; } = [];

    // Whether the only argument is what the method takes, not a field of it.
    public bool IsWhole { get; }

    // Of the list or connection, if the parameters say one.
    public ListSize? Size { get; private set; }

    private Expression Request =>
        Expression.Convert(Expression.Property(Context, nameof(ResolverContext.State)), typeof(RequestContext));

    // Mutations have one argument: what the method takes are fields of it.
    public static MethodBinding OfMutation(SchemaDraft draft, MethodInfo method) =>
        new(draft, method, null, null, isMutation: true);

    public static string? IdOf(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(IdAttribute), true).OfType<IdAttribute>().FirstOrDefault()?.Type;

    public Expression Call() => Expression.Call(Method, _values);

    // Of the parent alone and at once: as good as a property.
    public Expression<Func<object, object?>>? AsReading()
    {
        if (_isParent.Length == 0 || !_isParent.All(isParent => isParent) || Adaptation.IsLater(Method.ReturnType))
        {
            return null;
        }
        var parent = Expression.Parameter(typeof(object), "parent");
        var call = Expression.Call(
            Method, Method.GetParameters().Select(parameter => MemberReading.Cast(parent, parameter.ParameterType)));
        return Expression.Lambda<Func<object, object?>>(MemberReading.Box(call), parent);
    }

    private Expression Bind(ParameterInfo parameter, bool isParent)
    {
        var type = parameter.ParameterType;
        return isParent ? MemberReading.Cast(Expression.Property(Context, nameof(ResolverContext.Parent)), type)
            : Injected(parameter) ?? (type == typeof(Paging) ? BindPaging(parameter) : BindArgument(parameter));
    }

    private bool IsArgument(ParameterInfo parameter) => parameter.ParameterType == typeof(Paging) || Injected(parameter) is null;

    // What is known by its type; null for arguments.
    private Expression? Injected(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type == typeof(ResolverContext) ? Context
            : type == typeof(CancellationToken) ? Expression.Property(Context, nameof(ResolverContext.Cancel))
            : type == typeof(RequestContext) ? Request
            : type == typeof(Schema) ? Expression.Property(Context, nameof(ResolverContext.Schema))
            : type == typeof(IServiceProvider) ? Expression.Property(Request, nameof(RequestContext.Services))
            : parameter.IsDefined(typeof(CallerAttribute)) ? Expression.Convert(
                Expression.Property(Request, nameof(RequestContext.Caller)), type)
            : type.IsAssignableTo(typeof(DataLoader)) ? Expression.Call(Request, LoaderMethod.MakeGenericMethod(type))
            : _draft.IsService(parameter) ? Expression.Call(Request, ServiceMethod.MakeGenericMethod(type))
            : null;
    }

    private Expression BindArgument(ParameterInfo parameter)
    {
        var index = Arguments.Count;
        var input = _draft.InputOf(parameter);
        Arguments.Add(input);
        var arguments = Expression.Property(Context, nameof(ResolverContext.Arguments));
        if (!_isMutation || IsWhole)
        {
            return InputConversion.Read(arguments, index, parameter.ParameterType, IdOf(parameter));
        }
        var first = Expression.Property(arguments, "Item", Expression.Constant(0));
        var map = Expression.Convert(first, typeof(OrderedDictionary<string, object?>));
        return InputConversion.ReadField(map, input.Name, parameter.ParameterType, IdOf(parameter));
    }

    private Expression BindPaging(ParameterInfo parameter)
    {
        var index = Arguments.Count;
        var limits = parameter.GetCustomAttribute<PageSizeAttribute>() ?? new PageSizeAttribute();
        Arguments.AddRange(Paging.Arguments);
        Size = new ListSize(limits.Default);
        return Expression.Call(
            ((Func<ArgumentValues, int, PageSizeAttribute, Paging>)Paging.Of).Method,
            Expression.Property(Context, nameof(ResolverContext.Arguments)),
            Expression.Constant(index),
            Expression.Constant(limits));
    }
}
