using System.Reflection;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>
/// Makes a schema of annotated classes: static classes of resolvers, one for each capability, and the classes whose
/// instances they answer with. See the README for what becomes of what. For one thread, and for one schema. Specification,
/// section 3.
/// </summary>
public sealed class CodeFirstSchema
{
    private readonly List<Type> _types = [];
    private readonly List<Action<SchemaBuilder>> _more = [];

    internal IReadOnlyList<Type> Types => _types;

    internal ScalarCatalog Scalars { get; } = new();

    internal HashSet<Type> OwnScalars { get; } = [];

    internal Func<Type, bool> IsService { get; private set; } = _ => false;

    /// <summary>Adds a class that carries an attribute of this namespace.</summary>
    /// <param name="type">A class.</param>
    public CodeFirstSchema Add(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _types.Add(type);
        return this;
    }

    /// <summary>Adds a class that carries an attribute of this namespace.</summary>
    /// <typeparam name="T">A class; for static ones there is the other overload.</typeparam>
    public CodeFirstSchema Add<T>() => Add(typeof(T));

    /// <summary>Adds all classes of an assembly that carry an attribute of this namespace.</summary>
    /// <param name="assembly">The assembly.</param>
    public CodeFirstSchema Add(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        _types.AddRange(assembly.GetTypes()
            .Where(type => type.GetCustomAttributes(false).Any(attribute => attribute
                is QueryTypeAttribute or MutationTypeAttribute or SubscriptionTypeAttribute
                or IExtendsType or ObjectTypeAttribute))
            .OrderBy(type => type.FullName, StringComparer.Ordinal));
        return this;
    }

    /// <summary>Says which scalar a class is.</summary>
    /// <typeparam name="T">What resolvers give and get.</typeparam>
    /// <param name="name">The scalar's name.</param>
    /// <param name="codec">How its values are read and written.</param>
    /// <param name="description">What its values are.</param>
    /// <param name="specifiedBy">Where that is specified. Section 3.13.4.</param>
    public CodeFirstSchema Scalar<T>(string name, ScalarCodec codec, string? description = null, string? specifiedBy = null)
    {
        Scalars.Add(new ScalarEntry(name, codec, description, specifiedBy), typeof(T));
        OwnScalars.Add(typeof(T));
        return this;
    }

    /// <summary>
    /// Says which parameters of resolvers are services without saying so; interfaces that are no lists always are.
    /// </summary>
    /// <param name="isService">For example what the host's container knows.</param>
    public CodeFirstSchema Services(Func<Type, bool> isService)
    {
        IsService = isService;
        return this;
    }

    /// <summary>Adds to the schema what attributes do not say.</summary>
    /// <param name="more">Called when all definitions are there.</param>
    public CodeFirstSchema With(Action<SchemaBuilder> more)
    {
        _more.Add(more);
        return this;
    }

    /// <summary>Makes the schema.</summary>
    /// <exception cref="SchemaException">What the classes say makes no schema.</exception>
    public Schema Build()
    {
        var builder = new SchemaDraft(this).ToBuilder();
        _more.ForEach(more => more(builder));
        return builder.Build();
    }
}
