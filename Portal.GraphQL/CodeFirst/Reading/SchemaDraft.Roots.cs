using System.Reflection;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <content>What is particular about mutations and subscriptions.</content>
internal sealed partial class SchemaDraft
{
    // One argument, one payload: what was asked for, and the errors that were expected.
    private void AddMutations(TypeDraft root, Type holder)
    {
        foreach (var method in Methods(holder))
        {
            var name = Names.OfField(method);
            var binding = MethodBinding.OfMutation(this, method);
            var errors = method.GetCustomAttributes().Concat(holder.GetCustomAttributes()).OfType<IDeclaresError>()
                .Select(error => error.Class).Distinct().ToList();
            var payload = AddPayload(name, method, errors);
            var draft = new FieldDraft(name, Names.NonNull(Names.Type(payload)), XmlDocs.Of(method), (builder, owner) =>
            {
                var notes = new FieldNotes(builder, owner, name);
                var resolver = ResolverCompiler.Compile(binding);
                notes.Resolve(new Lazy<FieldResolver>(() => MutationPayload.Wrap(resolver.Value)), null);
                notes.Annotate(Notes([method, holder], false));
            })
            {
                Directives = Names.Deprecation(method),
            };
            if (binding.Arguments.Count > 0)
            {
                draft.Arguments.Add(new InputDraft("input", InputType(name, method, binding)));
            }
            root.AddOnly(draft);
        }
    }

    private TypeNode InputType(string field, MethodInfo method, MethodBinding binding)
    {
        if (binding.IsWhole)
        {
            return Names.NonNull(binding.Arguments[0].Type);
        }
        var name = Names.Pascal(field) + "Input";
        var fields = binding.Arguments.Select(argument => argument.Node);
        _others[name] = (
            new InputObjectTypeDefinitionNode(Names.Text($"What `{field}` takes."), new NameNode(name), [], [.. fields]), null);
        return Names.NonNull(Names.Type(name));
    }

    private string AddPayload(string field, MethodInfo method, List<Type> errors)
    {
        var name = Names.Pascal(field) + "Payload";
        var draft = _types[name] = new TypeDraft(name, null) { Description = $"What `{field}` answers." };
        var given = ClrType.Of(method.ReturnParameter, false).Unwrapped;
        var value = MutationPayload.ValueOf(given);
        var type = method.IsDefined(typeof(TypeAttribute)) ? TypeOf(given, method) : TypeOf(value, IdLeaf(method));
        type = type is NonNullTypeNode nonNull && errors.Count > 0 ? nonNull.Inner : type;
        var item = value.Item?.Bare ?? value.Bare;
        var key = method.GetCustomAttribute<PayloadAttribute>()?.Name
            ?? (_options.Scalars.Find(item) is not null ? "value"
                : Names.Camel(NameOf(item, false)) + (value.Item is null ? "" : "s"));
        var idType = MethodBinding.IdOf(method);
        draft.Add(new FieldDraft(key, type, null, (builder, owner) => builder.Read(owner, key, parent =>
        {
            var found = ((IMutationResult)parent!).Value;
            return idType is null ? found : GlobalId.EncodeValue(idType, found);
        })));
        if (errors.Count > 0)
        {
            AddErrors(draft, Names.Pascal(field) + "Error", errors);
        }
        return name;
    }

    private static string? IdLeaf(MethodInfo method) => method.IsDefined(typeof(IdAttribute)) ? "ID" : null;

    private void AddErrors(TypeDraft payload, string union, List<Type> errors)
    {
        if (!_types.ContainsKey("Error"))
        {
            var wide = _types["Error"] = new TypeDraft("Error", null, true) { Description = "Why something was not done." };
            var text = Names.NonNull(Names.Type("String"));
            wide.Add(new FieldDraft("message", text, "A sentence for people.", null));
            wide.Add(new FieldDraft("code", text, "A word for programs, which never changes.", null));
        }
        var names = errors.Select(error => NameOf(error, false)).ToList();
        names.ForEach(name => _types[name].Interfaces.Add("Error"));
        _others[union] = (new UnionTypeDefinitionNode(null, new NameNode(union), [], [.. names.Select(Names.Type)]), null);
        var type = Names.NonNull(new ListTypeNode(Names.NonNull(Names.Type(union))));
        payload.Add(new FieldDraft(
            "errors", type, "Why it was not done; empty if it was.",
            (builder, owner) => builder.Read(owner, "errors", parent => ((IMutationResult)parent!).Errors)));
    }

    // The event is the value of the field.
    private void AddSubscriptions(TypeDraft root, Type holder)
    {
        foreach (var method in Methods(holder))
        {
            var name = Names.OfField(method);
            var binding = new MethodBinding(this, method, null);
            var stream = ClrType.Of(method.ReturnParameter, false).Unwrapped;
            var item = stream.Item ?? throw new InvalidOperationException($"{method} gives no stream.");
            var draft = new FieldDraft(name, TypeOf(item, IdLeaf(method)), XmlDocs.Of(method), (builder, owner) =>
            {
                builder.Subscribe(owner, name, ResolverCompiler.CompileSource(binding));
                var notes = new FieldNotes(builder, owner, name);
                notes.Resolve(context => new(context.Parent), MethodBinding.IdOf(method));
                notes.Annotate(Notes([method, holder], false));
            })
            {
                Directives = Names.Deprecation(method),
            };
            draft.Arguments.AddRange(binding.Arguments);
            root.AddOnly(draft);
        }
    }
}
