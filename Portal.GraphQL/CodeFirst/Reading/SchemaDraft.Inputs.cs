using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.CodeFirst;

/// <content>Arguments and input objects. Specification, sections 3.6.1 and 3.10.</content>
internal sealed partial class SchemaDraft
{
    public InputDraft InputOf(ParameterInfo parameter)
    {
        var (given, value) = (ClrType.Of(parameter, true), parameter.HasDefaultValue ? parameter.DefaultValue : null);
        var type = TypeOf(given, parameter);
        // Of an enum that may be null C# keeps the number.
        value = value is int number && given.Bare.IsEnum ? Enum.ToObject(given.Bare, number) : value;
        return new InputDraft(
            Names.OfArgument(parameter), type, XmlDocs.Of(parameter), Literal(value), DirectivesOf(parameter));
    }

    private DirectiveNode[] DirectivesOf(ICustomAttributeProvider input)
    {
        if (!input.IsDefined(typeof(SecretAttribute), false))
        {
            return Names.Deprecation(input);
        }
        _others["@" + SecretInputs.Directive] = (SecretInputs.Definition, null);
        return [.. Names.Deprecation(input), new(new NameNode(SecretInputs.Directive), [])];
    }

    private string AddInput(Type type)
    {
        var name = Names.OfClass(type);
        name = _names[(type, true)] = name.EndsWith("Input", StringComparison.Ordinal) ? name : name + "Input";
        var isOneOf = type.IsDefined(typeof(OneOfAttribute), false);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault(
            c => c.GetParameters() is not [var only] || only.ParameterType != type);
        var parameters = constructor?.GetParameters() ?? [];
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<IgnoreAttribute>() is null)
            .Where(property => !parameters.Any(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(property => property.MetadataToken).ToList();
        DirectiveNode[] directives = isOneOf ? [new(new NameNode("oneOf"), [])] : [];
        // Its fields may refer to itself, so they come later.
        _others[name] = (new InputObjectTypeDefinitionNode(null, new NameNode(name), [], []), null);
        _open.Enqueue(() =>
        {
            var fields = parameters.Select(InputOf).Concat(properties.Select(InputOf))
                .Select(field => isOneOf ? field with { Type = field.Type is NonNullTypeNode n ? n.Inner : field.Type } : field);
            _others[name] = (
                new InputObjectTypeDefinitionNode(
                    Names.Text(XmlDocs.Of(type)), new NameNode(name), [.. directives], [.. fields.Select(field => field.Node)]),
                builder => builder.Construct(name, Constructor(type, constructor, properties)));
        });
        return name;
    }

    private InputDraft InputOf(PropertyInfo property)
    {
        var value = property.GetCustomAttribute<System.ComponentModel.DefaultValueAttribute>();
        return new InputDraft(
            Names.OfField(property), TypeOf(ClrType.Of(property, true), property), XmlDocs.Of(property),
            value is null ? null : Literal(value.Value), DirectivesOf(property));
    }

    // What is not given leaves a property as the class has it.
    private static Func<OrderedDictionary<string, object?>, object?> Constructor(
        Type type, ConstructorInfo? constructor, List<PropertyInfo> properties)
    {
        var map = Expression.Parameter(typeof(OrderedDictionary<string, object?>), "map");
        var made = Expression.Variable(type, "made");
        Expression create = constructor is null ? Expression.New(type) : Expression.New(
            constructor, constructor.GetParameters().Select(parameter => InputConversion.ReadField(
                map, Names.OfArgument(parameter), parameter.ParameterType, MethodBinding.IdOf(parameter))));
        var steps = new List<Expression> { Expression.Assign(made, create) };
        var has = typeof(OrderedDictionary<string, object?>).GetMethod(nameof(OrderedDictionary<,>.ContainsKey))!;
        foreach (var property in properties)
        {
            var name = Names.OfField(property);
            var value = InputConversion.ReadField(map, name, property.PropertyType, MethodBinding.IdOf(property));
            steps.Add(Expression.IfThen(
                Expression.Call(map, has, Expression.Constant(name)),
                Expression.Assign(Expression.Property(made, property), value)));
        }
        steps.Add(Expression.Convert(made, typeof(object)));
        return Expression.Lambda<Func<OrderedDictionary<string, object?>, object?>>(
            Expression.Block([made], steps), map).Compile();
    }

    // A default of null says nothing that absence does not say.
    private static ValueNode? Literal(object? value) => value switch
    {
        null or DBNull or Missing => null,
        bool truth => new BooleanValueNode(truth),
        string text => new StringValueNode(text),
        Enum member => new EnumValueNode(Names.OfEnumValue(member.GetType().GetField(member.ToString())!)),
        int or long or short or byte => new IntValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        double or float or decimal => Printable(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        _ => null,
    };

    private static ValueNode Printable(string number) =>
        number.All(c => char.IsAsciiDigit(c) || c == '-') ? new IntValueNode(number) : new FloatValueNode(number);
}
