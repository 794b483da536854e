using System.Reflection;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>All that the schema is to have: found by going from the classes that were added to what they refer to.</summary>
internal sealed partial class SchemaDraft
{
    private readonly CodeFirstSchema _options;
    private readonly OrderedDictionary<string, TypeDraft> _types = [];
    private readonly OrderedDictionary<string, (DefinitionNode Node, Action<SchemaBuilder>? Notes)> _others = [];
    private readonly Dictionary<(Type Class, bool IsInput), string> _names = [];
    private readonly ILookup<Type, (Type Holder, string? Name)> _extensions;
    private readonly Queue<Action> _open = new();

    public SchemaDraft(CodeFirstSchema options)
    {
        _options = options;
        _extensions = options.Types
            .SelectMany(holder => holder.GetCustomAttributes().OfType<IExtendsType>().Select(e => (e.Class, holder, e.Name)))
            .ToLookup(entry => entry.Class, entry => (entry.holder, entry.Name));
    }

    public SchemaBuilder ToBuilder()
    {
        AddRoot<QueryTypeAttribute>("Query", AddMethods);
        AddRoot<MutationTypeAttribute>("Mutation", AddMutations);
        AddRoot<SubscriptionTypeAttribute>("Subscription", AddSubscriptions);
        foreach (var type in _options.Types.Where(type => type.GetCustomAttribute<ObjectTypeAttribute>() is not null))
        {
            NameOf(type, false);
        }
        foreach (var type in _extensions.Select(group => group.Key))
        {
            NameOf(type, false);
        }
        Drain();
        AddNodeFields();
        Drain();
        Implement();
        var builder = new SchemaBuilder();
        foreach (var type in _types.Values)
        {
            builder.Add(type.Node);
            type.Notes.ForEach(note => note(builder));
            foreach (var field in type.Fields.Values.Where(_ => !type.IsInterface))
            {
                field.Notes?.Invoke(builder, type.Name);
            }
        }
        foreach (var (node, notes) in _others.Values)
        {
            builder.Add(node);
            notes?.Invoke(builder);
        }
        return builder;
    }

    private void Drain()
    {
        while (_open.TryDequeue(out var next))
        {
            next();
        }
    }

    private void AddRoot<TAttribute>(string name, Action<TypeDraft, Type> add)
        where TAttribute : Attribute
    {
        foreach (var holder in _options.Types.Where(type => type.GetCustomAttribute<TAttribute>() is not null))
        {
            if (!_types.TryGetValue(name, out var root))
            {
                _types[name] = root = new TypeDraft(name, null);
            }
            add(root, holder);
        }
    }

    // What a class implements in C#, its object implements here.
    private void Implement()
    {
        foreach (var type in _types.Values)
        {
            foreach (var wide in _types.Values.Where(wide => wide.IsInterface && wide != type))
            {
                if (wide.Class is not null && type.Class is not null && wide.Class.IsAssignableFrom(type.Class))
                {
                    type.Interfaces.Add(wide.Name);
                    foreach (var field in wide.Fields.Values)
                    {
                        type.Add(field);
                    }
                }
            }
            if (type.IsNode)
            {
                type.Interfaces.Add("Node");
            }
            foreach (var name in type.Interfaces)
            {
                type.Describe(_types[name]);
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods(Type holder) => holder
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName && method.GetCustomAttribute<IgnoreAttribute>() is null)
        .OrderBy(method => method.MetadataToken);

    private void AddMethods(TypeDraft type, Type holder)
    {
        foreach (var method in Methods(holder).Where(method => method.GetCustomAttribute<NodeResolverAttribute>() is null))
        {
            type.AddOnly(FieldOf(method, type.Class));
        }
    }
}
