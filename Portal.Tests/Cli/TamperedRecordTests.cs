using System.Text.Json;
using Portal.EventStore;
using Portal.Tests.EventStore.Seals;

namespace Portal.Tests.Cli;

/// <summary>Each kind of deed of somebody who administers the database is named by the command line, with the event that it
/// begins at.</summary>
public sealed class TamperedRecordTests(SealGround ground) : IClassFixture<SealGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_edited_removed_inserted_put_in_another_order_or_cut_off_is_named()
    {
        using var shell = new CommandLine();
        var keys = Path.Combine(shell.Folder, "keys.pem");
        await File.WriteAllTextAsync(keys, ground.Key.PublicPem, Cancel);
        var places = await ground.PlacesAsync();
        var (early, late) = (places[7], places[^9]);
        var fresh = places.Max(place => place.Position) + 1;

        await IsAsync(null, null);
        foreach (var (deed, kind, position) in new (string, StoreFaultKind, long)[]
        {
            (Deeds.Edit("body = (body::text || ' ')::json", early.Position), StoreFaultKind.Edited, early.Position),
            (Deeds.Remove(late.Position), StoreFaultKind.Removed, late.Position),
            (Deeds.Insert(fresh, early.Transaction, "sample-new"), StoreFaultKind.Inserted, fresh),
            (Deeds.SwapPositions(late.Position, early.Position), StoreFaultKind.Reordered, early.Position),
            (Deeds.Remove(places.Skip(5).Select(place => place.Position)), StoreFaultKind.CutOff, places[5].Position),
        })
        {
            await ground.RunAsync(deed);
            try
            {
                await IsAsync(kind, position);
            }
            finally
            {
                await ground.RestoreAsync();
            }
        }
        await IsAsync(null, null);

        async Task IsAsync(StoreFaultKind? kind, long? position)
        {
            var told = await shell.RunAsync("", null,
                "audit", "verify", "--database", ground.ConnectionString, "--keys", keys, "-o", "json");
            Assert.Equal(kind is null ? 0 : 1, told.ExitCode);
            var fault = JsonElement.Parse(told.Output).GetProperty("fault");
            if (kind is null)
            {
                Assert.Equal(JsonValueKind.Null, fault.ValueKind);
                return;
            }
            Assert.Equal($"{kind} at {position}", $"{fault.GetProperty("kind")} at {fault.GetProperty("position")}");
        }
    }
}
