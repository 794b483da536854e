using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;

namespace Portal.Tests.Domain.Accounts;

/// <summary>People with accounts, some of whom administer, and sessions of theirs.</summary>
internal sealed class AccountGround(TestPortal portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>Somebody new, who signs in with this address.</summary>
    public Task<Caller> SignUpAsync(string? mail = null) => new MemberGround(portal).SignUpAsync(mail);

    /// <summary>Somebody new, who administers.</summary>
    public async Task<Caller> AdministratorAsync()
    {
        var caller = await SignUpAsync();
        await HappenAsync(caller, new AdministratorNamed(caller.User!.Value));
        return caller with { Administrator = true };
    }

    /// <summary>Writes what happens to an account.</summary>
    public async Task HappenAsync(Caller caller, params object[] events) => PortalGround.Ok(
        await Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<Account>(caller.User!.Value.Value), IEventStore.AnyVersion, events)], Cancel));

    /// <summary>A session that begins as one does at the door.</summary>
    public async Task<Id<Session>> SessionAsync(Caller caller, string address = "192.0.2.7")
    {
        var (id, user) = (Guid.NewGuid(), caller.User!.Value.Value);
        await Get<SessionTable>().BeginAsync(id, user, await StampAsync(user),
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", address, Cancel);
        return new(id);
    }

    /// <summary>What happened to an account.</summary>
    public async Task<IReadOnlyList<object>> FactsAsync(Caller caller)
    {
        var facts = new List<object>();
        var stream = Ledger.StreamOf<Account>(caller.User!.Value.Value);
        await foreach (var recorded in Get<IEventStore>().ReadStreamAsync(stream, cancel: Cancel)) facts.Add(recorded.Body);
        return facts;
    }

    /// <summary>The account's stamp.</summary>
    public async Task<string> StampAsync(Guid user)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(
            "select security_stamp from accounts.users where id = $1");
        command.Parameters.Add(new() { Value = user });
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
