using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Reports;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.EventStore;

namespace Portal.Web.Composition;

/// <summary>The database, a private one where none is given, and the event store in it. Both stand before anything else
/// does.</summary>
public sealed class PortalStore : IAsyncDisposable
{
    private readonly PrivatePostgres? _private;

    private PortalStore(PrivatePostgres? own, string connectionString, EventStoreDatabase events) =>
        (_private, ConnectionString, Events, Source) = (own, connectionString, events, NpgsqlDataSource.Create(connectionString));

    /// <summary>How to reach the database.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections to it, for what is no event: accounts, sealed secrets, logs.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The event store.</summary>
    public EventStoreDatabase Events { get; }

    /// <summary>Every read model of the portal.</summary>
    public static IReadOnlyList<Projection> Projections { get; } =
    [
        new MembershipProjection(), new ApprovalRulesProjection(), new InvitationViewProjection(), new AccountInvitationProjection(),
        new AccessTokenProjection(), new IssuedTokenTextProjection(), new MachineViewProjection(),
        new CredentialViewProjection(), new EndpointViewProjection(), new WorkflowViewProjection(), new RunViewProjection(),
        new AccountStandingProjection(), new QuotaViewProjection(), new UsageProjection(), new RunUsageProjection(),
        new CredentialMarkProjection(), new RetentionHoldProjection(), new ArchiveProjection(), new EventSearchIndex(),
    ];

    /// <summary>Every type of event of the portal.</summary>
    public static EventTypes Types { get; } = new(typeof(RunSubmitted).Assembly);

    /// <summary>Starts the database where it is the portal's own, and brings the store up to date.</summary>
    public static async Task<PortalStore> StartAsync(PortalSettings settings, ILoggerFactory loggers, CancellationToken cancel)
    {
        var own = settings.Database.Length == 0
            ? await PrivatePostgres.StartAsync(settings.Folder("postgres"), loggers, null, cancel)
            : null;
        // Nobody leaves session state behind in a pooled connection, and what is sent often is prepared by itself.
        var connectionString = new NpgsqlConnectionStringBuilder(own?.ConnectionString ?? DatabaseAddress.WithoutFallback(settings.Database))
        {
            NoResetOnClose = true,
            MaxAutoPrepare = 100,
        }.ConnectionString;
        if (own is not null)
            loggers.CreateLogger("Portal").LogInformation("PostgreSQL of the portal's own: data in {Folder}, socket in {Socket}.",
                own.DataFolder, own.SocketFolder);
        try
        {
            var events = await EventStoreDatabase.StartAsync(new()
            {
                ConnectionString = connectionString,
                Types = Types,
                Projections = Projections,
                ArchiveFolder = settings.Archives.Folder,
                Logging = loggers,
            }, cancel);
            return new(own, connectionString, events);
        }
        catch
        {
            if (own is not null) await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what waits, then stops a database of the portal's own.</summary>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Source.DisposeAsync();
        if (_private is not null) await _private.DisposeAsync();
    }
}

/// <summary>Registers the store.</summary>
public static class StoreComposition
{
    /// <summary>Makes the started store known to everybody who needs a part of it.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, PortalStore store) => services
        .AddSingleton(store)
        .AddSingleton(store.Source)
        .AddSingleton(store.Events)
        .AddSingleton(store.Events.Store)
        .AddSingleton(store.Events.Tail)
        .AddSingleton(store.Events.Documents)
        .AddSingleton(store.Events.Search)
        .AddSingleton(PortalStore.Types);
}
