using System.CommandLine;
using Npgsql;
using Portal.Cli.Configuration;
using Portal.Cli.Output;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary><c>portal audit</c>: what happened, and whether the record is whole, found out without trusting the portal.</summary>
public static class AuditCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("audit", "What happened, and whether the record is whole")
    {
        Verify(), SealCommand.Make(), RecordCommands.Events(), RecordCommands.Export(), CausesCommand.Make(),
    };

    private static Command Verify()
    {
        var file = new Argument<string?>("file")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "What was taken away: a crate or an archive (.zip, or the folder that it was unpacked into), a proof "
                + "(.json), or an export of events with its proof (.jsonl, .jsonl.gz)",
        };
        var database = new Option<string?>("--database")
        {
            Description = "In place of it, connection string of the database, or of one that a dump was restored into: "
                + "Host=...;Database=...; PGPASSWORD or PGPASSFILE hold the password",
        };
        var keys = new Option<string?>("--keys")
        {
            Description = "File of the public keys of the seals, PEM; else those in the file, or the portal's for a database",
        };
        var seals = new Option<string?>("--seals")
        {
            Description = "Folder, https address of one, or bucket (s3://bucket/prefix), of seals that were kept elsewhere: "
                + "shows also an end that was cut off with its seals. A bearer token is taken from PORTAL_SEALS_TOKEN, the key "
                + "of a bucket from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        };
        var archives = new Option<string?>("--archives")
        {
            Description = "Folder of archives: looks also at the files in which contents of the database's events are",
        };
        var command = new Command("verify", """
            Compares every event with the seals, and names the first that was edited, removed, inserted, reordered or cut off.
            A file is verified offline, with nothing but the public keys.
            Exit code 0: everything is as it was sealed; 1: it is not.
            """) { file, database, keys, seals, archives };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(file) is { } export)
            {
                if (parsed.GetValue(database) is not null) throw new UsageException("Either a file or --database, not both.");
                if (parsed.GetValue(seals) is not null) throw new UsageException("--seals goes with --database: a file has its own.");
                if (parsed.GetValue(archives) is not null)
                    throw new UsageException("--archives goes with --database: the file of an archive is verified by itself.");
                return await FileAsync(parsed, export, parsed.GetValue(keys), cancel);
            }
            if (parsed.GetValue(database) is not { } connection)
                throw new UsageException("Name a file that was taken away, or a database by --database.");
            using var known = Keys(parsed.GetValue(keys) is { } given
                ? await TextFile.ReadAsync(given, cancel) : await KeysOfPortalAsync(parsed, cancel));
            await using var source = Source(connection);
            var kept = parsed.GetValue(seals) is { } place
                ? SealUrl.ReadAsync(place, Environment.GetEnvironmentVariable, cancel) : null;
            var report = await RunAsync(source, known, kept, parsed.GetValue(archives), cancel);
            parsed.Show(report, () => VerifyWords.Tell(report));
            return report.Holds ? ExitCode.Well : ExitCode.RunFailed;
        });
        return command;
    }

    private static async Task<int> FileAsync(ParseResult parsed, string file, string? keys, CancellationToken cancel)
    {
        var report = await new ExportCheck(keys is null ? null : await TextFile.ReadAsync(keys, cancel)).RunAsync(file, cancel);
        parsed.Show(report, () => VerifyWords.Tell(report));
        return report.Holds ? ExitCode.Well : ExitCode.RunFailed;
    }

    private static async Task<StoreReport> RunAsync(
        NpgsqlDataSource source, SealKeys keys, IAsyncEnumerable<KeptSeal>? seals, string? archives, CancellationToken cancel)
    {
        try
        {
            return await StoreVerification.RunAsync(source, keys, seals, cancel, archives);
        }
        catch (NpgsqlException fault)
        {
            throw new UsageException($"The database cannot be read: {fault.Message}");
        }
        catch (Exception fault) when (fault is FormatException or DirectoryNotFoundException)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static NpgsqlDataSource Source(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Password: null or "" }
                ? NpgsqlDataSource.Create(text)
                : throw new UsageException("Others on the machine see what stands on a command line: give the password by "
                    + "PGPASSWORD, or name a file by PGPASSFILE.");
        }
        catch (ArgumentException fault)
        {
            throw new UsageException($"--database is no connection string: {fault.Message}");
        }
    }

    private static SealKeys Keys(string pem)
    {
        try
        {
            return SealKeys.Parse(pem);
        }
        catch (FormatException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    // Anybody may ask for them: no access token is needed.
    private static async Task<string> KeysOfPortalAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Settings.Load(parsed.GetValue(CommandParts.Url), null).Portal() };
        using var answer = await http.GetAsync(new Uri("audit/seal-keys.pem", UriKind.Relative), cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? text : throw new UsageException(
            $"The portal gave no keys ({(int)answer.StatusCode}). {text.Trim()} Give them with --keys.");
    }
}
