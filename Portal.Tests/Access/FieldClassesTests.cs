using Portal.GraphQL.Types;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.Access;

/// <summary>Every field of every object stands in fields.txt, once, in the class that it is of: a new one without a class fails,
/// and one that is looked up has a row in docs/access.md.</summary>
public sealed class FieldClassesTests
{
    private static IEnumerable<ObjectType> Objects => PortalSchema.Schema.Types.OfType<ObjectType>()
        .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)
            && type.Name is not ("Query" or "Mutation" or "Subscription"));

    [Fact]
    public void Every_field_of_every_object_has_one_class()
    {
        var listed = FieldClasses.All.SelectMany(entry => entry.OfParent.Concat(entry.OfItself).Select(field =>
            $"{entry.Type}.{field}")).ToList();
        var made = Objects.SelectMany(type => type.Fields.Select(field => $"{type.Name}.{field.Name}")).ToList();
        Assert.True(made.Count > 700, $"only {made.Count} fields were found");
        None(made.Except(listed), "fields.txt does not say of which class these are: ");
        None(listed.Except(made), "fields.txt has what the schema has not: ");
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Fact]
    public void What_is_looked_up_asks_for_itself()
    {
        var asked = FieldClasses.All.SelectMany(entry => entry.OfItself.Select(field => $"{entry.Type}.{field}")).ToHashSet();
        var looked = Objects.Where(type => !IsPart(type)).SelectMany(type => type.Fields).Where(field => field.Read is null
            && field.Write is null)
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}").ToList();
        Assert.True(looked.Count > 50, $"only {looked.Count} fields are looked up");
        None(looked.Except(asked), "These are looked up when they are asked for, so that they need a row: ");
    }

    [Fact]
    public void What_asks_for_itself_says_where() => Assert.All(FieldClasses.All, entry =>
        Assert.True(entry.OfItself.Count == 0 == (entry.At.Length == 0),
            $"{entry.Type}: a path and fields with rows go together"));

    [Theory]
    [InlineData("Machine at machine\n  of its parent: name\n    host\n  asks for itself: credential",
        "machine|name host|credential")]
    [InlineData("# words\nPageInfo\n  of its parent: endCursor", "|endCursor|")]
    public void Entries_are_read(string text, string expected)
    {
        var entry = Assert.Single(FieldClasses.Read(text.Split('\n')));
        Assert.Equal(expected, $"{entry.At}|{string.Join(' ', entry.OfParent)}|{string.Join(' ', entry.OfItself)}");
    }

    private static void None(IEnumerable<string> fields, string words) => Assert.True(!fields.Any(), words + string.Join(", ",
        fields));

    // Pages, edges and payloads hold what the field that leads to them made.
    private static bool IsPart(ObjectType type) => type.Name.EndsWith("Payload", StringComparison.Ordinal)
        || type.Name.EndsWith("Edge", StringComparison.Ordinal) || type.Name is not "EventSearchConnection"
        && type.Name.EndsWith("Connection", StringComparison.Ordinal);
}
