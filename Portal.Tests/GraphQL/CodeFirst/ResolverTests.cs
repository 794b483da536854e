using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Execution;

namespace Portal.Tests.GraphQL.CodeFirst;

public sealed class ResolverTests
{
    private static readonly Schema Schema = new CodeFirstSchema()
        .Add(typeof(Points)).Add(typeof(PointNode)).Add(typeof(GuardedNode))
        .Services(type => type == typeof(Clock)).With(builder => builder.Annotate("Query.points", "note", "n")).Build();

    private static readonly RequestExecutor Executor = new(Schema, new ExecutorOptions { MaxCost = 1e9, DefaultListSize = 1 });

    [Fact]
    public void What_is_there_at_once_is_answered_without_memory_for_each_item()
    {
        var (few, many) = (Measure(10), Measure(2010));
        Assert.InRange(many - few, 0, 2000);
    }

    [Fact]
    public async Task A_point_has_all_kinds_of_leaves()
    {
        Assert.Equal(
            """{"data":{"points":[{"x":0,"y":0.5,"name":"p0","color":"DARK_RED","isEven":true,"none":null,"size":7}]}}""",
            await Executor.AskAsync("{ points(count: 1) { x y name color isEven none size(times: 1) } }"));
    }

    [Fact]
    public async Task A_value_that_an_enum_has_not_is_an_error_of_its_field()
    {
        var answer = await Executor.AskAsync("{ odd { color y } }");
        Assert.Contains("Enum \\\"Color\\\" cannot represent value: 7", answer);
        Assert.Contains("Float cannot represent non numeric value: NaN", answer);
        Assert.EndsWith("\"data\":{\"odd\":null}}", answer.Replace("\"odd\":{\"color\":null,\"y\":null}", "\"odd\":null", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("me", """{"data":{"guarded":{"open":1,"more":2}}}""")]
    [InlineData("you", """{"errors":[{"message":"Only for me.","locations":[{"line":1,"column":13}],"path":["guarded","open"],"extensions":{"code":"FORBIDDEN"}},{"message":"Only for me.","locations":[{"line":1,"column":18}],"path":["guarded","more"],"extensions":{"code":"FORBIDDEN"}}],"data":{"guarded":{"open":null,"more":null}}}""")]
    public async Task Permission_for_an_object_is_permission_for_each_of_its_fields(string caller, string answer) =>
        Assert.Equal(answer, await Executor.AskAsync(new GraphQLRequest { Query = "{ guarded { open more } }", Caller = caller }));

    [Fact]
    public void What_attributes_do_not_say_is_added() =>
        Assert.Equal("n", Schema.Query!.FindField("points")!.Annotation<string>("note"));

    private static long Measure(int count)
    {
        var request = new GraphQLRequest { Query = $"{{ points(count: {count}) {{ x y name color isEven none }} }}" };
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var task = Executor.ExecuteAsync(request);
            Assert.True(task.IsCompletedSuccessfully);
            task.Result.Dispose();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    [QueryType]
    private static class Points
    {
        private static readonly Dictionary<int, Point[]> Made = [];

        public static Point[] GetPoints(int count)
        {
            if (!Made.TryGetValue(count, out var points))
            {
                Made[count] = points = [.. Enumerable.Range(0, count).Select(i => new Point(i, i + 0.5, $"p{i}", Color.DarkRed, null))];
            }
            return points;
        }

        public static Odd GetOdd() => new((Color)7, double.NaN);

        public static Guarded GetGuarded() => new(1);
    }

    private enum Color
    {
        Blue,
        DarkRed,
    }

    private sealed record Point(int X, double Y, string Name, Color Color, int? None);

    private sealed record Odd(Color? Color, double? Y);

    private sealed record Guarded(int? Open);

    private sealed class Clock;

    [ObjectType<Point>]
    private static class PointNode
    {
        public static bool IsEven(Point point) => point.X % 2 == 0;

        public static ValueTask<int> SizeAsync(Point point, int times, RequestContext request) =>
            new((times * 7) + (request.Services is null ? 1 : 0));
    }

    [ObjectType<Guarded>, OnlyMe]
    private static class GuardedNode
    {
        public static int? More(Guarded guarded) => guarded.Open + 1;
    }
}
