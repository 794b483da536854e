using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Portal.EventStore;

/// <summary>A PostgreSQL of the portal's own, for when it is given none: a cluster in a data folder, a server as child process
/// that listens on a Unix socket in a closed folder and nowhere else, durable as any. It ends with the portal, also when
/// the portal is killed, and is started again when it is killed itself.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The role that administers the cluster, for operators; the portal itself is <c>portal</c>, which may do no more than
    /// own its database.</summary>
    public const string Administrator = "postgres";

    private readonly ClusterFolder folder;
    private readonly FileStream holding;
    private readonly Keeper keeper;

    private PrivatePostgres(ClusterFolder folder, FileStream holding, Keeper keeper) =>
        (this.folder, this.holding, this.keeper) = (folder, holding, keeper);

    /// <summary>Connection string of the database <c>portal</c>, as its owner.</summary>
    public string ConnectionString => ConnectionTo("portal");

    /// <summary>Folder of the cluster's files.</summary>
    public string DataFolder => folder.Cluster;

    /// <summary>Folder of the socket; with <c>psql -h FOLDER -U portal</c> a person can look.</summary>
    public string SocketFolder => folder.Socket;

    /// <summary>Process id of the server; 0 while it is being started again.</summary>
    public int ProcessId => keeper.Process;

    /// <summary>Connection string of another database of the cluster, as the portal's role or as another one.</summary>
    public string ConnectionTo(string database, string role = ClusterRoles.Portal) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Socket,
        Username = role,
        Database = database,
    }.ConnectionString;

    /// <inheritdoc cref="StartAsync(string, ILoggerFactory?, IReadOnlyDictionary{string, string}?, CancellationToken)"/>
    public static Task<PrivatePostgres> StartAsync(string dataFolder, ILoggerFactory? logging, CancellationToken cancel) =>
        StartAsync(dataFolder, logging, null, cancel);

    /// <summary>Starts the cluster in a folder, making it first where there is none.</summary>
    /// <param name="dataFolder">Folder for cluster, log and lock; made when absent.</param>
    /// <param name="logging">Where to log; null for nowhere.</param>
    /// <param name="settings">Further settings of the server, for example for tests.</param>
    /// <param name="cancel">Gives up; nothing is left running.</param>
    /// <exception cref="PrivatePostgresException">PostgreSQL is not installed, the folder is in use by another portal (its
    /// process is named) or belongs to another account, or the server does not start.</exception>
    public static async Task<PrivatePostgres> StartAsync(string dataFolder, ILoggerFactory? logging,
        IReadOnlyDictionary<string, string>? settings, CancellationToken cancel)
    {
        var log = (logging ?? NullLoggerFactory.Instance).CreateLogger("Portal.EventStore.PrivatePostgres");
        var folder = ClusterFolder.Open(dataFolder);
        var holding = Hold(folder.Root);
        Keeper? keeper = null;
        try
        {
            var program = new ClusterProgram(
                folder, PostgresInstallation.Find(folder.Cluster), settings ?? new Dictionary<string, string>());
            await Leftover.ClearAsync(folder, log, cancel);
            if (folder.IsNew)
                program.Create();
            keeper = new(program, log);
            var postgres = new PrivatePostgres(folder, holding, keeper);
            await postgres.ReadyAsync(program, cancel);
            await ClusterRoles.SettleAsync(postgres.ConnectionTo, cancel);
            log.LogInformation("The private PostgreSQL keeps its files in {Folder} and listens in {Socket}.",
                folder.Cluster, folder.Socket);
            return postgres;
        }
        catch
        {
            if (keeper is not null)
                await keeper.StopAsync();
            await holding.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server and starts it again, as an administrator would after changing a setting.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        var before = keeper.Exits;
        keeper.Interrupt();
        while (keeper.Exits == before)
            await Task.Delay(10, cancel);
        await ReadyAsync(null, cancel);
    }

    /// <summary>Stops the server: connections end, everything is written.</summary>
    public async ValueTask DisposeAsync()
    {
        await keeper.StopAsync();
        keeper.Dispose();
        folder.RemoveSocket();
        await holding.DisposeAsync();
    }

    private static FileStream Hold(string root)
    {
        var holder = Path.Combine(root, "postgres.holder");
        try
        {
            var holding = new FileStream(Path.Combine(root, "postgres.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return holding;
        }
        catch (IOException error)
        {
            var who = File.Exists(holder) ? $"process {File.ReadAllText(holder)}" : "another process";
            throw new PrivatePostgresException($"{root} is in use by {who}. Stop it, or choose another data folder.", error);
        }
    }

    private async Task ReadyAsync(ClusterProgram? program, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres", Administrator) + ";Pooling=false");
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                // It answers; the role is missing in clusters of before.
                return;
            }
            catch (NpgsqlException)
            {
                if (program is not null && keeper.Exits > 2)
                    throw new PrivatePostgresException($"The private PostgreSQL in {folder.Cluster} does not start. {program.LogTail()}");
                await Task.Delay(20, cancel);
            }
        }
    }
}
