using System.Linq.Expressions;
using System.Reflection;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <content>Objects that are fetched by their global id. Relay's object identification.</content>
internal sealed partial class SchemaDraft
{
    private readonly Dictionary<string, NodeFetcher> _fetchers = new(StringComparer.Ordinal);

    private void AddNode(TypeDraft draft, List<Type> holders)
    {
        var property = draft.Class!.GetProperty("Id")
            ?? throw new InvalidOperationException($"{draft.Class} has no property Id.");
        var read = MemberReading.OfProperty(property);
        draft.Add(new FieldDraft(
            "id", Names.NonNull(Names.Type("ID")), "What it is known by everywhere.",
            (builder, owner) => new FieldNotes(builder, owner, "id").Read(read, draft.Name, null)));
        var method = holders.SelectMany(holder => holder.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .FirstOrDefault(method => method.GetCustomAttribute<NodeResolverAttribute>() is not null)
            ?? throw new InvalidOperationException($"No method of {draft.Name} is marked as its node resolver.");
        _fetchers[draft.Name] = NodeFetcher.Compile(this, method);
    }

    private void AddNodeFields()
    {
        if (_fetchers.Count == 0 || !_types.TryGetValue("Query", out var query))
        {
            return;
        }
        var id = Names.NonNull(Names.Type("ID"));
        var node = _types["Node"] = new TypeDraft("Node", null, true) { Description = "What can be fetched by its id." };
        node.Add(new FieldDraft("id", id, "What it is known by everywhere.", null));
        var one = new FieldDraft("node", Names.Type("Node"), "Something by its id.", (builder, owner) =>
            builder.Resolve(owner, "node", context => FetchAsync((string)context.Arguments[0]!, context)));
        one.Arguments.Add(new InputDraft("id", id, "Its global id."));
        query.Add(one);
        var type = Names.NonNull(new ListTypeNode(Names.Type("Node")));
        var many = new FieldDraft("nodes", type, "Many things by their ids, in that order.", (builder, owner) =>
        {
            builder.Resolve(owner, "nodes", context => FetchAllAsync((List<object?>)context.Arguments[0]!, context));
            builder.Annotate($"{owner}.nodes", Execution.CostNotes.SizeKey, new Execution.ListSize(MostNodes));
        });
        many.Arguments.Add(new InputDraft("ids", Names.NonNull(new ListTypeNode(id)), $"Global ids, at most {MostNodes}."));
        query.Add(many);
    }

    private const int MostNodes = 100;

    private ValueTask<object?> FetchAsync(string text, ResolverContext context) =>
        GlobalId.TryParse(text, out var id) && _fetchers.TryGetValue(id.Type, out var fetch)
            ? fetch.Invoke(context, id, text)
            : throw GlobalId.Refuse(text);

    // All at the same time; what is wrong with one is an error of its place.
    private async ValueTask<object?> FetchAllAsync(List<object?> ids, ResolverContext context)
    {
        if (ids.Count > MostNodes)
        {
            throw new Execution.GraphQLException($"At most {MostNodes} ids may be given.", Execution.ErrorCodes.BadSize);
        }
        return await Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                return await FetchAsync((string)id!, context);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return exception;
            }
        }));
    }
}

/// <summary>Finds an object by its global id.</summary>
internal sealed class NodeFetcher(Func<ResolverContext, GlobalId, string, ValueTask<object?>> fetch)
{
    public ValueTask<object?> Invoke(ResolverContext context, GlobalId id, string text) => fetch(context, id, text);

    public static NodeFetcher Compile(SchemaDraft draft, MethodInfo method)
    {
        var id = Expression.Parameter(typeof(GlobalId), "id");
        var text = Expression.Parameter(typeof(string), "text");
        var key = method.GetParameters()[0].ParameterType;
        var convert = typeof(GlobalId).GetMethod(nameof(GlobalId.As), BindingFlags.Instance | BindingFlags.NonPublic)!;
        var value = Expression.Call(id, convert.MakeGenericMethod(key), text);
        var binding = new MethodBinding(draft, method, null, [value]);
        return new NodeFetcher(Expression.Lambda<Func<ResolverContext, GlobalId, string, ValueTask<object?>>>(
            Adaptation.Adapt(binding.Call()), binding.Context, id, text).Compile());
    }
}
