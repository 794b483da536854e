using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class EventTypesTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public void Two_classes_of_one_name_refuse_the_start() =>
        Assert.Throws<InvalidOperationException>(() => new EventTypes(typeof(SampleOpened), typeof(SampleOpenedAgain)));

    [Fact]
    public void An_old_body_is_lifted_and_a_newer_one_passed_through()
    {
        var types = Samples.Types().Lift("sample_counted", 1, body =>
        {
            body["unit"] = "mm";
            return body;
        });

        Assert.Equal(new SampleCounted(3, "mm"), types.Read("sample_counted", 1, """{"amount":3}"""));
        Assert.Equal(new UnknownEvent("sample_counted", "{}"), types.Read("sample_counted", 3, "{}"));
        Assert.Equal(new UnknownEvent("never_heard_of", "{}"), types.Read("never_heard_of", 1, "{}"));
    }

    [Fact]
    public void Bodies_are_written_as_agreed() =>
        Assert.Equal("""{"end":"Thrown"}""", EventTypes.Write(new SampleClosed(SampleEnd.Thrown)));

    [Fact]
    public async Task Unknown_types_are_read_as_they_stand()
    {
        await using (var newer = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = ConnectionString, Types = new(typeof(SampleOpenedAgain), typeof(SampleNew)) }, Cancel))
            await newer.Store.AppendedAsync("sample-1", 0, new SampleNew(7));

        var recorded = Assert.Single(await Store.AllAsync("sample-1"));

        Assert.Equal(new UnknownEvent("sample_new", """{"number":7}"""), recorded.Body);
        Assert.Equal("""{"number":7}""", recorded.Text);
    }

    [EventType("sample_opened")]
    private sealed record SampleOpenedAgain(string Name);

    [EventType("sample_new")]
    private sealed record SampleNew(int Number);
}
