using System.Reflection;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.CodeFirst;

/// <content>Fields of properties and of methods.</content>
internal sealed partial class SchemaDraft
{
    public bool IsService(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ServiceAttribute)) || _options.IsService(parameter.ParameterType)
        || (parameter.ParameterType.IsInterface && parameter.ParameterType != typeof(IUpload)
            && ClrType.Implemented(parameter.ParameterType, typeof(IEnumerable<>)) is null);

    private void Fill(TypeDraft draft, List<(Type Holder, string? Name)> extensions)
    {
        var holders = extensions.Select(extension => extension.Holder).Append(draft.Class!).ToList();
        draft.IsNode = holders.Any(holder => holder.IsDefined(typeof(NodeAttribute), false));
        if (!draft.IsInterface)
        {
            draft.Notes.Add(builder => builder.Class(draft.Name, draft.Class!));
        }
        foreach (var ask in Notes(holders, draft.IsInterface))
        {
            draft.Notes.Add(builder => builder.Annotate(draft.Name, ask.Key, ask.Value));
        }
        if (draft.IsNode)
        {
            AddNode(draft, holders);
        }
        foreach (var (holder, _) in extensions)
        {
            AddMethods(draft, holder);
        }
        var properties = draft.Class!.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Where(property => property.GetCustomAttribute<IgnoreAttribute>() is null);
        foreach (var property in properties.OrderBy(property => property.MetadataToken))
        {
            if (draft.Fields.ContainsKey(Names.OfField(property)))
            {
                continue;
            }
            draft.Add(FieldOf(property));
        }
    }

    private FieldDraft FieldOf(PropertyInfo property)
    {
        var type = ClrType.Of(property, false);
        var name = Names.OfField(property);
        var id = property.GetCustomAttribute<IdAttribute>();
        return new FieldDraft(name, TypeOf(type, property), XmlDocs.Of(property), (builder, owner) =>
        {
            var notes = new FieldNotes(builder, owner, name);
            if (Adaptation.IsLater(property.PropertyType))
            {
                notes.Resolve(ResolverCompiler.Compile(property), id?.Type);
            }
            else
            {
                notes.Read(MemberReading.OfProperty(property), id?.Type, LeafOf(property, type.Type));
            }
            notes.Annotate(Notes([property], false));
        })
        {
            Directives = Names.Deprecation(property),
        };
    }

    private FieldDraft FieldOf(MethodInfo method, Type? parent)
    {
        var name = Names.OfField(method);
        var call = new MethodBinding(this, method, parent);
        var type = ClrType.Of(method.ReturnParameter, false);
        var id = method.GetCustomAttribute<IdAttribute>();
        var draft = new FieldDraft(name, TypeOf(type, method), XmlDocs.Of(method), (builder, owner) =>
        {
            var notes = new FieldNotes(builder, owner, name);
            if (call.AsReading() is { } reading)
            {
                notes.Read(reading, id?.Type, LeafOf(method, type.Type));
            }
            else
            {
                notes.Resolve(ResolverCompiler.Compile(call), id?.Type);
            }
            notes.Annotate(Notes([method], false));
            notes.Annotate(call.Size);
        })
        {
            Directives = Names.Deprecation(method),
        };
        draft.Arguments.AddRange(call.Arguments);
        return draft;
    }

    // How a leaf of that class is written without becoming an object; null if that is not known.
    private LeafFormat? LeafOf(MemberInfo member, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var isOther = member.IsDefined(typeof(TypeAttribute)) || member.IsDefined(typeof(IdAttribute));
        return isOther || _options.OwnScalars.Contains(bare) ? null : LeafFormat.Of(bare);
    }

    // What attributes say for the layers above: permissions, costs.
    private static List<KeyValuePair<string, object?>> Notes(IEnumerable<MemberInfo> members, bool isInterface)
    {
        var notes = new List<KeyValuePair<string, object?>>();
        foreach (var member in members)
        {
            var asks = member.GetCustomAttributes<AskAttribute>(true).Select(ask => (FieldAuthorizer)ask.AskAsync).ToArray();
            if (asks.Length > 0 && !isInterface)
            {
                notes.Add(new(FieldAuthorization.Key, asks.Length == 1 ? asks[0] : All(asks)));
            }
            if (member.GetCustomAttribute<CostAttribute>() is { } cost)
            {
                notes.Add(new(CostNotes.WeightKey, cost.Weight));
            }
            if (member.GetCustomAttribute<ListSizeAttribute>() is { } size)
            {
                notes.Add(new(CostNotes.SizeKey, new ListSize(size.Assumed) { Arguments = [.. size.Arguments] }));
            }
        }
        return notes;
    }

    private static FieldAuthorizer All(FieldAuthorizer[] asks) => async context =>
    {
        foreach (var ask in asks)
        {
            if (await ask(context) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    };
}
