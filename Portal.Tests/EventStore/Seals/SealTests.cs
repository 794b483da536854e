using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>Seals themselves: how they are made, and what is found when they are tampered with.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SealTests(SealGround ground) : IClassFixture<SealGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_found_in_an_untouched_store_and_what_was_not_sealed_is_said()
    {
        Assert.Empty(await ground.Database.SealAsync(ground.Key, DateTimeOffset.UtcNow, Cancel));
        var before = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
        Assert.Equal((true, 3, 120, 0), (before.Holds, before.Proven!.Number, before.Events, before.Unsealed));
        await ground.Database.Store.AppendedAsync("sample-after", 0, new SampleOpened("a"), new SampleCounted(1, "mm"));
        try
        {
            Assert.Equal(2, (await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Unsealed);
            await ground.RunAsync("update portal_events.events set body = '{}' where stream = 'sample-after' and version = 1");
            var fault = (await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Fault!;
            Assert.Equal((StoreFaultKind.Edited, "sample-after", (long?)1, (long?)null),
                (fault.Kind, fault.Stream, fault.Version, fault.Seal));
            await ground.RunAsync("delete from portal_events.events where stream = 'sample-after' and version = 1");
            fault = (await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Fault!;
            Assert.Equal((StoreFaultKind.Removed, "sample-after", 1), (fault.Kind, fault.Stream, fault.Version));
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Theory]
    [InlineData("update portal_events.seals set text = replace(text, 'count 40', 'count 41') where number = 2",
        StoreFaultKind.SealChanged, 2)]
    [InlineData("update portal_events.seals set text = 'x' where number = 1", StoreFaultKind.SealChanged, 1)]
    [InlineData("update portal_events.seals set text = replace(text, 'count 40', 'count 99999999999999999999') where number = 3",
        StoreFaultKind.SealChanged, 3)]
    [InlineData("update portal_events.seals set signature = '\\x00' where number = 2", StoreFaultKind.SealChanged, 2)]
    [InlineData("update portal_events.seals set leaves = set_byte(leaves, 100, (get_byte(leaves, 100) + 1) % 256) where number = 3",
        StoreFaultKind.SealChanged, 3)]
    [InlineData("update portal_events.seals set leaves = substr(leaves, 41) where number = 1", StoreFaultKind.SealChanged, 1)]
    [InlineData("delete from portal_events.seals where number = 2", StoreFaultKind.SealMissing, 2)]
    [InlineData("delete from portal_events.seals where number = 1", StoreFaultKind.SealMissing, 1)]
    [InlineData("update portal_events.seals set number = 4 where number = 1", StoreFaultKind.SealMissing, 1)]
    public async Task A_seal_that_was_tampered_with_is_named(string sql, StoreFaultKind kind, long number)
    {
        try
        {
            await ground.RunAsync(sql);
            var report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.Equal((kind, number), (report.Fault!.Kind, report.Fault.Seal));
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Fact]
    public async Task Who_seals_anew_with_a_key_of_their_own_is_found_out_and_so_is_an_end_cut_off_with_its_seals()
    {
        var elsewhere = await ground.SealsAsync();
        using var forged = SealKey.LoadOrCreate(ground.KeyFile + ".forged");
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        try
        {
            await ground.RunAsync("delete from portal_events.seals where number = 3; delete from portal_events.events "
                + "where position in (select position from portal_events.events order by position desc limit 40)");
            // By what is in the database alone it cannot be known.
            var report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.Equal((true, 2), (report.Holds, report.Proven!.Number));
            report = await StoreVerification.RunAsync(source, ground.Keys, elsewhere.ToAsyncEnumerable(), Cancel);
            Assert.Equal((StoreFaultKind.CutOff, 3), (report.Fault!.Kind, report.Fault.Seal));

            await ground.RunAsync("delete from portal_events.seals");
            Assert.Null((await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Proven);
            await ground.SettledAsync();
            Assert.Single(await ground.Database.SealAsync(forged, DateTimeOffset.UtcNow, Cancel));
            report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.Equal(StoreFaultKind.KeyUnknown, report.Fault!.Kind);
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Fact]
    public async Task Its_text_reads_back_is_chained_and_checked_by_openssl()
    {
        var seals = await ground.SealsAsync();
        var read = seals.ConvertAll(seal => Seal.Parse(seal.Text));
        Assert.Equal([Seal.Start, read[0].Hash, read[1].Hash], read.Select(seal => seal.Previous));
        Assert.Equal([40, 80, 120], read.Select(seal => seal.Total));
        Assert.All(read, seal => Assert.Equal(ground.Key.Id, seal.Key));
        var text = seals[0].Text;
        foreach (var bad in (string[])
            ["", "portal-seal 1\n", text + "\n", text.Replace("\n", "\r\n", StringComparison.Ordinal), " " + text])
            Assert.Throws<FormatException>(() => Seal.Parse(bad));

        var file = ground.KeyFile;
        await File.WriteAllTextAsync(file + ".text", text, Cancel);
        await File.WriteAllBytesAsync(file + ".signature", seals[0].Signature, Cancel);
        await File.WriteAllTextAsync(file + ".key", ground.Key.PublicPem, Cancel);
        using var openssl = Process.Start(new ProcessStartInfo("openssl",
            ["dgst", "-sha256", "-verify", file + ".key", "-signature", file + ".signature", file + ".text"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("Verified OK\n", await openssl.StandardOutput.ReadToEndAsync(Cancel));
        await openssl.WaitForExitAsync(Cancel);
    }

    [Fact]
    public void A_clock_that_ran_backwards_and_keys_that_are_none_are_dealt_with()
    {
        Assert.Throws<FormatException>(() => SealKeys.Parse("nothing"));
        using var rsa = RSA.Create(2048);
        Assert.Throws<FormatException>(() => SealKeys.Parse(rsa.ExportSubjectPublicKeyInfoPem()));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<FormatException>(() => SealKeys.Parse(other.ExportSubjectPublicKeyInfoPem()));
        File.WriteAllText(ground.KeyFile + ".wrong", other.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(ground.KeyFile + ".wrong", UnixFileMode.UserRead);
        Assert.Throws<FormatException>(() => SealKey.LoadOrCreate(ground.KeyFile + ".wrong"));
        File.SetUnixFileMode(ground.KeyFile + ".wrong", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<InvalidOperationException>(() => SealKey.LoadOrCreate(ground.KeyFile + ".wrong"));
        using var again = SealKey.LoadOrCreate(ground.KeyFile);
        Assert.Equal(ground.Key.Id, again.Id);
    }

    [Fact]
    public async Task No_seal_is_older_than_the_one_before()
    {
        try
        {
            await ground.Database.Store.AppendedAsync("sample-late", 0, new SampleOpened("a"));
            await ground.SettledAsync();
            var seal = Assert.Single(await ground.Database.SealAsync(ground.Key, DateTimeOffset.UnixEpoch, Cancel));
            Assert.Equal(Seal.Parse((await ground.SealsAsync())[^1].Text).Time, Seal.Parse(seal.Text).Time);
            Assert.True((await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Holds);
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Fact]
    public async Task A_store_whose_clock_ran_backwards_holds_and_it_is_told()
    {
        await using var late = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = ground.ConnectionString, Types = Samples.Types(), Time = new Behind(),
        }, Cancel);
        try
        {
            await late.Store.AppendedAsync("sample-behind", 0, new SampleOpened("a"));
            Assert.Single(await ground.Database.SealAsync(ground.Key, DateTimeOffset.UtcNow, Cancel));
            var report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.True(report.Holds);
            Assert.Contains("The clock ran backwards", Assert.Single(report.Remarks));
            var proof = await ground.Database.ProveAsync([("sample-1", 6), ("sample-behind", 1)], Cancel);
            var proven = ProofCheck.Run(proof, proof.Record, ground.Keys);
            Assert.Equal((true, 7), (proven.Holds, proven.Events));
            Assert.Contains("The clock ran backwards", Assert.Single(proven.Remarks));
        }
        finally
        {
            await ground.RestoreAsync();
        }
        Assert.Empty((await ground.Database.VerifySealsAsync(ground.Keys, Cancel)).Remarks);
    }

    [Fact]
    public async Task Events_are_proven_by_their_seals_and_what_was_written_since_is_said()
    {
        try
        {
            await ground.Database.Store.AppendedAsync("sample-2", 6, new SampleOpened("late"));
            var proof = EventProof.Parse((await ground.Database.ProveAsync([("sample-2", 7), ("nothing", 5)], Cancel)).ToBytes());
            var report = ProofCheck.Run(proof, proof.Record, ground.Keys);
            Assert.Equal((true, 7, 1, 3), (report.Holds, report.Events, report.Unsealed, report.Proven!.Number));
            Assert.Equal([1, 1, 2, 2, 3, 3, null], proof.Events.Select(place => place.Seal));
            // A path of another event, one that is too short, and one that is no path.
            foreach (var path in (IReadOnlyList<string>[])[proof.Events[1].Path!, [.. proof.Events[0].Path!.Skip(1)], ["zz"], ["00"], []])
            {
                var wrong = proof with { Events = [proof.Events[0] with { Path = path }, .. proof.Events.Skip(1)] };
                Assert.Equal(StoreFaultKind.Edited, ProofCheck.Run(wrong, wrong.Record, ground.Keys).Fault?.Kind);
            }
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    private sealed class Behind : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(-1);
    }
}
