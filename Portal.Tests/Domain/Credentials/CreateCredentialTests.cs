using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.EventStore;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Credentials;

/// <summary>Keys that are made at the same time, on a real database.</summary>
public sealed class CreateCredentialTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const int Times = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_at_once_under_one_id_one_is_made_and_its_token_opens_what_was_sealed()
    {
        var machine = await ground.ReadyMachineAsync("one-id");
        for (var time = 0; time < Times; time++)
        {
            var id = new Id<Credential>(Guid.CreateVersion7());
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => MakeAsync(new(id, machine))));
            var winner = Assert.Single(answers, answer => answer.Ok).Value!;
            Assert.Equal("CONFLICT", Assert.Single(Assert.Single(answers, answer => !answer.Ok).Problems!).Code);
            var active = await ActiveAsync(machine);
            Assert.Equal((id, winner.Fingerprint), (active.Id, active.Fingerprint));
            Assert.True((await OpenAsync(active, winner.SecurityToken)).Ok);
        }
    }

    [Fact]
    public async Task Of_two_at_once_under_two_ids_the_later_counts_and_its_token_opens_what_was_sealed()
    {
        var machine = await ground.ReadyMachineAsync("two-ids");
        for (var time = 0; time < Times; time++)
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 2).Select(_ => MakeAsync(new(new(Guid.CreateVersion7()), machine))));
            var active = await ActiveAsync(machine);
            var winner = Assert.Single(answers, answer => answer.Ok && answer.Value!.Id == active.Id).Value!;
            Assert.True((await OpenAsync(active, winner.SecurityToken)).Ok);
        }
    }

    private Task<Result<CreatedCredential>> MakeAsync(CreateCredential command) =>
        Task.Run(() => ground.Get<CreateCredentialHandler>().HandleAsync(ground.Ada, command, Cancel));

    private async Task<CredentialView> ActiveAsync(Id<Machine> machine) => Assert.IsType<CredentialView>(
        await ActiveCredential.FindAsync(ground.Get<IDocuments>(), machine, ground.Ada.User!.Value, Cancel));

    private Task<Result<byte[]>> OpenAsync(CredentialView credential, string token) =>
        ground.Get<KeyOpening>().OpenAsync(credential, token, Cancel);
}
