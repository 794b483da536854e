using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Portal.GraphQL.Types;

/// <summary>What the fields of introspection read off the model. Specification, section 4.2.</summary>
internal static class IntrospectionResolvers
{
    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly object[] Kinds = [.. Enum.GetValues<TypeKind>().Cast<object>()];

    public static NoteBook Make()
    {
        var book = new NoteBook();
        AddTypes(book);
        Read<Schema>(book, "__Schema.description", schema => schema.Description);
        Read<Schema>(book, "__Schema.types", schema => Bare(schema.Types));
        Read<Schema>(book, "__Schema.queryType", schema => schema.Query);
        Read<Schema>(book, "__Schema.mutationType", schema => schema.Mutation);
        Read<Schema>(book, "__Schema.subscriptionType", schema => schema.Subscription);
        Read<Schema>(book, "__Schema.directives", schema => Bare(schema.Directives));
        Read<FieldDefinition>(book, "__Field.type", field => field.Type);
        Select<FieldDefinition, ArgumentDefinition>(book, "__Field.args", field => field.Arguments, a => a.DeprecationReason);
        AddDeprecation<FieldDefinition>(book, "__Field", field => field.DeprecationReason);
        Read<InputElement>(book, "__InputValue.type", input => input.Type);
        Read<InputElement>(book, "__InputValue.defaultValue", input => input.DefaultText);
        AddDeprecation<InputElement>(book, "__InputValue", input => input.DeprecationReason);
        AddDeprecation<EnumValue>(book, "__EnumValue", value => value.DeprecationReason);
        Read<DirectiveDefinition>(book, "__Directive.isRepeatable", directive => Box(directive.IsRepeatable));
        Read<DirectiveDefinition>(book, "__Directive.locations", directive => Bare(directive.Locations));
        Select<DirectiveDefinition, ArgumentDefinition>(
            book, "__Directive.args", directive => directive.Arguments, a => a.DeprecationReason);
        foreach (var type in new[] { "__Field", "__InputValue", "__EnumValue", "__Directive" })
        {
            Read<SchemaElement>(book, $"{type}.name", element => element.Name);
            Read<SchemaElement>(book, $"{type}.description", element => element.Description);
        }
        book.For("__Meta.__schema").Resolver = new(context => new(context.Schema));
        book.For("__Meta.__type").Resolver = new(context => new(context.Schema.FindType((string)context.Arguments[0]!)));
        book.For("__Meta.__typename").Resolver = new(context => new(context.ParentType.Name));
        return book;
    }

    private static void AddTypes(NoteBook book)
    {
        foreach (var kind in Enum.GetValues<TypeKind>())
        {
            var name = kind switch { TypeKind.InputObject => "INPUT_OBJECT", TypeKind.NonNull => "NON_NULL", _ => null };
            book.For($"__TypeKind.{name ?? kind.ToString().ToUpperInvariant()}").EnumValue = Kinds[(int)kind];
        }
        Read<GraphType>(book, "__Type.kind", type => Kinds[(int)type.Kind]);
        Read<GraphType>(book, "__Type.name", type => (type as NamedType)?.Name);
        Read<GraphType>(book, "__Type.description", type => (type as NamedType)?.Description);
        Read<GraphType>(book, "__Type.specifiedByURL", type => (type as ScalarType)?.SpecifiedByUrl);
        Read<GraphType>(book, "__Type.interfaces", type => type is FieldedType fielded ? Bare(fielded.Interfaces) : null);
        Read<GraphType>(
            book, "__Type.possibleTypes", type => type.IsAbstract ? Bare(Schema.PossibleTypesOf((NamedType)type).Objects) : null);
        Read<GraphType>(book, "__Type.ofType", type => (type as ListType)?.Item ?? (type as NonNullType)?.Inner);
        Read<GraphType>(book, "__Type.isOneOf", type => type is InputObjectType input ? Box(input.IsOneOf) : null);
        Select<GraphType, FieldDefinition>(
            book, "__Type.fields", type => (type as FieldedType)?.Fields, field => field.DeprecationReason);
        Select<GraphType, EnumValue>(
            book, "__Type.enumValues", type => (type as EnumType)?.Values, value => value.DeprecationReason);
        Select<GraphType, InputField>(
            book, "__Type.inputFields", type => (type as InputObjectType)?.Fields, field => field.DeprecationReason);
    }

    // The array within, which the executor walks faster; nobody changes it.
    private static T[]? Bare<T>(ImmutableArray<T> items) => ImmutableCollectionsMarshal.AsArray(items);

    private static object Box(bool value) => value ? True : False;

    private static void Read<T>(NoteBook book, string coordinate, Func<T, object?> read)
        where T : class => book.For(coordinate).Read = new(parent => read((T)parent!));

    private static void AddDeprecation<T>(NoteBook book, string type, Func<T, string?> reason)
        where T : class
    {
        Read<T>(book, $"{type}.isDeprecated", element => Box(reason(element) is not null));
        Read<T>(book, $"{type}.deprecationReason", reason);
    }

    // A list that leaves out what is deprecated, unless its only argument asks for all.
    private static void Select<TParent, T>(
        NoteBook book, string coordinate, Func<TParent, ImmutableArray<T>?> list, Func<T, string?> reason)
        where TParent : class
    {
        book.For(coordinate).Resolver = new(context =>
        {
            if (list((TParent)context.Parent!) is not { } all)
            {
                return new((object?)null);
            }
            var isWhole = context.Arguments[0] is true || all.All(item => reason(item) is null);
            return new(Bare(isWhole ? all : all.RemoveAll(item => reason(item) is not null)));
        });
    }
}
