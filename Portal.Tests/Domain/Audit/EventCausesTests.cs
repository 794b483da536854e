using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Audit;

/// <summary>Of a request that led to more events than are shown, the tree is about the one that was chosen.</summary>
public sealed class EventCausesTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const int Many = 1500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_far_down_stands_below_all_that_led_to_it_and_with_what_it_led_to()
    {
        // 1 led to all but these: 1200 → 1300 → 1400 → 1450 → 1460, and 1350 and 1440 came of 1300, too.
        var events = await HappenAsync(new()
            { [1300] = 1200, [1350] = 1300, [1400] = 1300, [1440] = 1300, [1450] = 1400, [1460] = 1450 });

        var tree = await OfAsync(events[1400]);

        Assert.Equal([(1, 0), (1200, 1), (1300, 2), (1350, 3), (1400, 3), (1450, 4), (1460, 5), (1440, 3)], Parts(tree, events));
        Assert.True(tree.More);
    }

    [Fact]
    public async Task The_last_of_a_long_chain_stands_below_its_nearest_causes_and_the_first()
    {
        var events = await HappenAsync(Enumerable.Range(2, Many - 1).ToDictionary(one => one, one => one - 1));

        var last = Parts(await OfAsync(events[Many]), events);
        Assert.Equal([1, .. Enumerable.Range(Many - EventCausesHandler.Most / 2, EventCausesHandler.Most / 2 + 1)],
            last.Select(one => one.Number));
        Assert.Equal(Enumerable.Range(0, last.Count), last.Select(one => one.Depth));

        // Of the first, all that follows is shown, as far as there is room; of one in the middle, both ways.
        Assert.Equal(Enumerable.Range(1, EventCausesHandler.Most), Parts(await OfAsync(events[1]), events).Select(one => one.Number));
        var middle = await OfAsync(events[750]);
        Assert.InRange(middle.Events.Count, EventCausesHandler.Most - 1, EventCausesHandler.Most);
        Assert.Contains(middle.Events, one => one.Event.Position == events[1100]);
    }

    [Fact]
    public async Task One_whose_cause_is_not_named_stands_below_the_first()
    {
        var events = await HappenAsync(new() { [1490] = 0, [1500] = 1490 });
        Assert.Equal([(1, 0), (1490, 1), (1500, 2)], Parts(await OfAsync(events[1490]), events));
    }

    private async Task<EventTree> OfAsync(long position) =>
        PortalGround.Ok(await ground.Get<EventCausesHandler>().OfAsync(ground.Ada, position, Cancel));

    private static List<(int Number, int Depth)> Parts(EventTree tree, Dictionary<int, long> events)
    {
        var numbers = events.ToDictionary(one => one.Value, one => one.Key);
        return [.. tree.Events.Select(one => (numbers[one.Event.Position], one.Depth))];
    }

    // The events of one request by their number from 1; the first led to each for which no other cause is given, 0 being none.
    private async Task<Dictionary<int, long>> HappenAsync(Dictionary<int, int> causes)
    {
        var machine = new Id<Machine>(Guid.CreateVersion7());
        var ids = Enumerable.Range(0, Many + 1).Select(_ => Guid.CreateVersion7()).ToList();
        NewEvent[] events =
        [
            new(ids[1], new MachineRegistered(machine, new(ground.Ada.User!.Value.Value), ground.Ada.User.Value,
                new("many", "login.example.org", 22, "ada", "/work", null, null, "slurm", [], []))),
            .. Enumerable.Range(2, Many - 1).Select(number => new NewEvent(ids[number], new HostKeyChanged(machine, "x"),
                causes.GetValueOrDefault(number, 1) is > 0 and var cause ? ids[cause] : null)),
        ];
        await ground.Get<IEventStore>().AppendAsync([new(Ledger.StreamOf<Machine>(machine.Value), 0, events,
            new("portal", "system", "worker", Guid.CreateVersion7()))], Cancel);
        await ground.CaughtUpAsync();
        var found = new Dictionary<int, long>();
        await foreach (var recorded in ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Machine>(machine.Value), 1, null, Cancel))
            found[(int)recorded.Version] = recorded.Position;
        return found;
    }
}
