using Npgsql;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Code;
using Portal.Jobs.Credentials;
using Portal.Jobs.Data;
using Portal.Jobs.Data.Scanning;
using Portal.Jobs.Logs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Audit.Places;
using Portal.Jobs.Pipeline;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.None;
using Portal.Jobs.Schedulers.Slurm;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.Checks;
using Portal.Jobs.Sites.OpenSsh;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;

namespace Portal.Web.Composition;

/// <summary>The concrete classes of Jobs: the only place that names them.</summary>
public static class JobsComposition
{
    /// <summary>Registers how things get done; the work itself only where this node is a worker.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, PortalSettings settings, PortalStore store)
    {
        services.AddKeys(settings);
        services.AddSingleton<ILeaseKeys>(provider => new LeaseKeys(
            store.Source, provider.GetRequiredService<MasterKeys>(), provider.GetRequiredService<TimeProvider>(),
            settings.HasRole("worker")));
        services.AddSingleton<ISealedKeys, SealedKeys>().AddSingleton<IEndpointPasswords, EndpointPasswords>()
            .AddSingleton<ILeaseUses, LeaseUses>();
        var outgoing = new OutgoingGate(settings.Outgoing);
        services.AddSingleton(outgoing);
        services.AddSingleton(settings.Ssh.Checked() with { Outgoing = outgoing }).AddSingleton<IKeyForge, OpenSshKeyForge>()
            .AddSingleton<ISites, OpenSshSites>();
        services.AddSingleton<IScheduler, SlurmScheduler>().AddSingleton<IScheduler, NoScheduler>()
            .AddSingleton<ISchedulers, KnownSchedulers>();
        services.AddSingleton<IHostKeyScanner, HostKeyScanner>().AddSingleton<IMachineProbe, MachineProbe>();
        services.AddSingleton(EndpointSettings.Default with { Outgoing = outgoing }).AddSingleton<IEndpoints, CurlEndpoints>()
            .AddSingleton<ITransfers, StreamingTransfers>();
        services.AddSingleton(CodeSettings.Default with { Scratch = settings.Folder("scratch"), Outgoing = outgoing })
            .AddSingleton<ICodeSource, GitCode>();
        services.AddSingleton<Places>().AddSingleton<IPlaceReader, PlaceReader>();
        settings.Scanner.Check();
        services.AddSingleton<IContentScanner>(settings.Scanner.Address.Length == 0
            ? new NoScanner() : new ClamScanner(settings.Scanner, settings.Folder("scratch")));
        services.AddSingleton(settings.Pipeline);
        services.AddSingleton(provider =>
            new LogStore(provider.GetRequiredService<NpgsqlDataSource>(), settings.Pipeline.LogLimit));
        services.AddSingleton<ILogs>(provider => provider.GetRequiredService<LogStore>());
        if (settings.HasRole("worker")) services.AddPipeline(store.ConnectionString, settings.NodeName, settings.Pipeline);
        return services;
    }

    /// <summary>Makes the tables that are no events: sealed secrets, logs, and how places of seals stand.</summary>
    public static async Task PrepareJobsAsync(this IServiceProvider services, CancellationToken cancel)
    {
        await SecretTables.ProvisionAsync(services.GetRequiredService<NpgsqlDataSource>(), cancel);
        await services.TellOfOtherKeysAsync(cancel);
        await services.GetRequiredService<LogStore>().PrepareAsync(cancel);
        await services.GetRequiredService<SealPlaceTable>().PrepareAsync(cancel);
    }
}
