using System.Linq.Expressions;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>What the program adds to one field.</summary>
internal readonly struct FieldNotes(SchemaBuilder builder, string type, string field)
{
    // Both ways of reading: the quick one for the wire, the other where the value is asked for as an object.
    public void Read(Expression<Func<object, object?>> read, string? idType, LeafFormat? leaf)
    {
        if (idType is not null)
        {
            builder.Read(type, field, new Lazy<Func<object?, object?>>(() =>
            {
                var compiled = read.Compile();
                return parent => GlobalId.EncodeValue(idType, compiled(parent!));
            }));
            return;
        }
        builder.Read(type, field, new Lazy<Func<object?, object?>>(read.Compile!));
        if (leaf is not null)
        {
            builder.Write(type, field, leaf.Compile(read));
        }
    }

    public void Resolve(FieldResolver resolver, string? idType) => Resolve(new Lazy<FieldResolver>(resolver), idType);

    public void Resolve(Lazy<FieldResolver> resolver, string? idType) => builder.Resolve(type, field, idType is null
        ? resolver
        : new Lazy<FieldResolver>(async context => GlobalId.EncodeValue(idType, await resolver.Value(context))));

    public void Annotate(IEnumerable<KeyValuePair<string, object?>> notes)
    {
        foreach (var (key, value) in notes)
        {
            builder.Annotate($"{type}.{field}", key, value);
        }
    }

    public void Annotate(ListSize? size)
    {
        if (size is not null)
        {
            builder.Annotate($"{type}.{field}", CostNotes.SizeKey, size);
        }
    }
}
