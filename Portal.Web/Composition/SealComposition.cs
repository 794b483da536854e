using System.Reflection;
using Npgsql;
using Portal.Domain.Audit;
using Portal.Domain.Retention;
using Portal.Domain.Runs.Crates;
using Portal.EventStore;
using Portal.Jobs.Addresses;
using Portal.Jobs.Audit;
using Portal.Jobs.Audit.Places;
using Portal.Jobs.Retention;
using Portal.Web.RunFiles;

namespace Portal.Web.Composition;

/// <summary>Seals: who makes them, and the public keys by which anybody checks them.</summary>
public static class SealComposition
{
    /// <summary>Registers it; workers seal.</summary>
    /// <exception cref="FormatException">A setting means nothing, or the key's file holds none.</exception>
    public static IServiceCollection AddSeals(this IServiceCollection services, PortalSettings settings)
    {
        settings.Seals.Check();
        services.AddSingleton(settings.Seals).AddSingleton(new PublicKeys(KeyFile(settings), settings.Seals.OtherKeysFile));
        services.AddSingleton<IProofs>(provider => new Proofs(provider.GetRequiredService<EventStoreDatabase>(),
            provider.GetService<SealKey>(), provider.GetRequiredService<PublicKeys>(), settings.Seals,
            provider.GetRequiredService<TimeProvider>()));
        var version = typeof(SealComposition).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        services.AddSingleton(new CrateMaker(settings.Address, version?.InformationalVersion ?? ""));
        services.AddSingleton(provider => new SealPlaceTable(provider.GetRequiredService<NpgsqlDataSource>(), settings.NodeName))
            .AddSingleton<ISealPlaces>(provider => provider.GetRequiredService<SealPlaceTable>()).AddSingleton<SealPlacesHandler>();
        services.AddSingleton<RelatedEvents>().AddSingleton<ExportRunHandler>().AddSingleton<SealNowHandler>();
        services.AddSingleton<CrateWriter>();
        services.AddArchives(settings);
        if (!settings.HasRole("worker")) return services;
        services.AddSingleton(provider => new SealCarriers(provider.GetRequiredService<EventStoreDatabase>(),
                KnownPlaces.Of(settings.Seals, provider.GetRequiredService<OutgoingGate>()),
                provider.GetRequiredService<SealPlaceTable>(), settings.Seals,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SealCarriers>>()))
            .AddHostedService(provider => provider.GetRequiredService<SealCarriers>());
        return services.AddSingleton(SealKey.LoadOrCreate(KeyFile(settings)))
            .AddSingleton<SealClock>().AddHostedService(provider => provider.GetRequiredService<SealClock>());
    }

    // They are proven by seals.
    private static void AddArchives(this IServiceCollection services, PortalSettings settings)
    {
        settings.Archives.Check();
        services.AddSingleton(settings.Archives).AddSingleton<IArchives, Archives>().AddSingleton<ArchivableRuns>()
            .AddSingleton<ArchivableNotes>()
            .AddSingleton<ArchiveRunsHandler>().AddSingleton<RestoreArchiveHandler>().AddSingleton<ListArchivesHandler>();
        if (settings.HasRole("worker") && settings.Archives.After is not null)
            services.AddSingleton<ArchiveClock>().AddHostedService(provider => provider.GetRequiredService<ArchiveClock>());
    }

    /// <summary>Maps <c>GET /audit/seal-keys.pem</c>: the public keys of the seals, for anybody.</summary>
    public static void MapSealKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit/seal-keys.pem", AnswerAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(PublicKeys published, CancellationToken cancel)
    {
        var keys = await published.ReadAsync(cancel);
        return keys.Length > 0
            ? TypedResults.Text(keys, "application/x-pem-file")
            : TypedResults.Text("This node knows no key of seals: Portal:Seals:OtherKeysFile names a file of them.\n",
                statusCode: StatusCodes.Status404NotFound);
    }

    private static string KeyFile(PortalSettings settings) =>
        settings.Seals.KeyFile.Length > 0 ? settings.Seals.KeyFile : Path.Combine(settings.Folder("keys"), "seals.pem");
}
