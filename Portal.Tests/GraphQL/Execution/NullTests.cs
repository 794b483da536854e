using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

/// <summary>Where null goes when a value that must be there is not, be it known at once or later.</summary>
public sealed class NullTests
{
    private const string Sdl = """
        type Query { a: A aNN: A! list: [A] strict: [A!] }
        type A { x: Int xNN: Int! later: Int laterNN: Int! fault: Int faultNN: Int! lateFault: Int lateFaultNN: Int! a: A aNN: A! slow: A }
        """;

    [Theory]
    [InlineData("{ a { x fault } }", """{"errors":[{"message":"Broken.","locations":[{"line":1,"column":9}],"path":["a","fault"]}],"data":{"a":{"x":1,"fault":null}}}""")]
    [InlineData("{ a { x faultNN } }", """{"errors":[{"message":"Broken.","locations":[{"line":1,"column":9}],"path":["a","faultNN"]}],"data":{"a":null}}""")]
    [InlineData("{ aNN { aNN { faultNN } } }", """{"errors":[{"message":"Broken.","locations":[{"line":1,"column":15}],"path":["aNN","aNN","faultNN"]}],"data":null}""")]
    [InlineData("{ a { x lateFault later } }", """{"errors":[{"message":"Late.","locations":[{"line":1,"column":9}],"path":["a","lateFault"]}],"data":{"a":{"x":1,"lateFault":null,"later":2}}}""")]
    [InlineData("{ a { later lateFaultNN x } }", """{"errors":[{"message":"Late.","locations":[{"line":1,"column":13}],"path":["a","lateFaultNN"]}],"data":{"a":null}}""")]
    [InlineData("{ aNN { aNN { lateFaultNN } } }", """{"errors":[{"message":"Late.","locations":[{"line":1,"column":15}],"path":["aNN","aNN","lateFaultNN"]}],"data":null}""")]
    [InlineData("{ a { x aNN { slow { lateFaultNN } x } } }", """{"errors":[{"message":"Late.","locations":[{"line":1,"column":22}],"path":["a","aNN","slow","lateFaultNN"]}],"data":{"a":{"x":1,"aNN":{"slow":null,"x":1}}}}""")]
    [InlineData("{ a { a { slow { aNN { lateFaultNN } } } x } }", """{"errors":[{"message":"Late.","locations":[{"line":1,"column":24}],"path":["a","a","slow","aNN","lateFaultNN"]}],"data":{"a":{"a":{"slow":null},"x":1}}}""")]
    public async Task An_error_takes_with_it_what_cannot_be_without(string query, string answer) =>
        Assert.Equal(answer, await Make().AskAsync(query));

    [Theory]
    [InlineData("{ list { x laterNN } }", """{"data":{"list":[{"x":1,"laterNN":2},null,{"x":1,"laterNN":2}]}}""")]
    [InlineData("{ list { x slow { later } } a { later } }", """{"data":{"list":[{"x":1,"slow":{"later":2}},null,{"x":1,"slow":{"later":2}}],"a":{"later":2}}}""")]
    public async Task What_comes_later_is_in_its_place(string query, string answer) =>
        Assert.Equal(answer, await Make().AskAsync(query));

    [Fact]
    public async Task An_item_that_must_be_there_takes_its_list_with_it()
    {
        Assert.Equal(
            """{"errors":[{"message":"Cannot return null for non-nullable field Query.strict.","locations":[{"line":1,"column":3}],"path":["strict",1]}],"data":{"strict":null,"a":{"later":2}}}""",
            await Make().AskAsync("{ strict { later lateFault } a { later } }"));
    }

    [Fact]
    public async Task Of_items_that_fail_later_each_is_null_by_itself()
    {
        var answer = await Make().AskAsync("{ list { slow { lateFaultNN } lateFaultNN } a { x } }");
        Assert.EndsWith("""
            "data":{"list":[null,null,null],"a":{"x":1}}}
            """, answer);
    }

    private static Schema Make()
    {
        var builder = new SchemaBuilder().Add(Sdl);
        var some = new object();
        foreach (var field in new[] { "Query.a", "Query.aNN", "A.a", "A.aNN" })
        {
            builder.Read(field.Split('.')[0], field.Split('.')[1], _ => some);
        }
        foreach (var field in new[] { "list", "strict" })
        {
            builder.Read("Query", field, _ => new[] { some, null, some });
        }
        foreach (var end in new[] { "", "NN" })
        {
            builder.Read("A", "x" + end, _ => 1)
                .Resolve("A", "fault" + end, _ => throw new InvalidOperationException("Broken."))
                .Resolve("A", "later" + end, _ => LaterAsync(2))
                .Resolve("A", "lateFault" + end, _ => FaultAsync());
        }
        return builder.Resolve("A", "slow", _ => LaterAsync(some)).Build();
    }

    private static async ValueTask<object?> LaterAsync(object value)
    {
        await Task.Yield();
        return value;
    }

    private static async ValueTask<object?> FaultAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("Late.");
    }
}
