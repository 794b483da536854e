using Portal.Domain.Audit;
using Portal.EventStore;

namespace Portal.Tests.Domain.Audit;

public sealed class EventTreeTests
{
    [Fact]
    public void An_event_stands_below_the_one_that_it_names()
    {
        // Submit (1) led to a phase (2), that to a step (3), the step to its job (4); another phase (5) came of the submit.
        var tree = Of((1, null), (2, 1), (3, 2), (4, 3), (5, 1), (6, 3));

        Assert.Equal([(1, null, 0), (2, 1, 1), (3, 2, 2), (4, 3, 3), (6, 3, 3), (5, 1, 1)], tree);
    }

    [Fact]
    public void One_without_a_cause_or_with_one_that_is_not_there_stands_below_the_first_of_its_request() =>
        Assert.Equal([(1, null, 0), (2, 1, 1), (4, 2, 2), (3, 1, 1)], Of((1, 99), (2, null), (3, 98), (4, 2)));

    [Fact]
    public void Nothing_stands_above_what_came_before_it() =>
        Assert.Equal([(1, null, 0), (2, 1, 1)], Of((1, 2), (2, 1)));

    [Fact]
    public void Of_nothing_there_is_no_tree() => Assert.Empty(Of());

    private static List<(long Position, long? Parent, int Depth)> Of(params (int Position, int? Cause)[] events) =>
    [
        .. EventTree.Of([.. events.Select(one => Recorded(one.Position, one.Cause))], false).Events
            .Select(caused => (caused.Event.Position, caused.Parent, caused.Depth)),
    ];

    private static Recorded Recorded(int position, int? cause) => new(position, "run-1", position, Id(position), "sample", 1, "{}", new(),
        new("portal", "system", "worker", Id(1000), cause is { } number ? Id(number) : null), DateTimeOffset.UnixEpoch, default);

    private static Guid Id(int number) => new(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]);
}
