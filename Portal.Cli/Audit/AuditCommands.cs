using System.CommandLine;
using System.Globalization;
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
        Verify(), RecordCommands.Events(), RecordCommands.Export(),
    };

    private static Command Verify()
    {
        var database = new Option<string>("--database")
        {
            Description = "Connection string of the database, or of one that a dump was restored into: Host=...;Database=...; "
                + "PGPASSWORD or PGPASSFILE hold the password", Required = true,
        };
        var keys = new Option<string?>("--keys")
        {
            Description = "File of the public keys of the seals, PEM; else they are asked of the portal",
        };
        var seals = new Option<DirectoryInfo?>("--seals")
        {
            Description = "Folder of seals that were kept elsewhere: shows also an end that was cut off with its seals",
        };
        var command = new Command("verify", """
            Compares every event with the seals, and names the first that was edited, removed, inserted, reordered or cut off.
            Exit code 0: everything is as it was sealed; 1: it is not.
            """) { database, keys, seals };
        command.SetAction(async (parsed, cancel) =>
        {
            using var known = Keys(parsed.GetValue(keys) is { } file
                ? await TextFile.ReadAsync(file, cancel) : await KeysOfPortalAsync(parsed, cancel));
            await using var source = Source(parsed.GetValue(database)!);
            var folder = parsed.GetValue(seals) is { } given ? new SealFolder(given.FullName) : null;
            var report = await RunAsync(source, known, folder?.ReadAsync(cancel), cancel);
            parsed.Show(report, () => Print.Fields(
                ("Events", Number(report.Events)),
                ("Proven", report.Proven is { } seal
                    ? $"{Number(seal.Total)} events, up to position {seal.To}, by seal {seal.Number} of {Print.Time(seal.Time)}"
                    : "nothing: there is no seal"),
                ("Not sealed yet", Number(report.Unsealed)),
                ("Found", report.Fault is { } fault ? $"{fault.Kind}: {fault.Words}" : "nothing: all is as it was")));
            return report.Holds ? ExitCode.Well : ExitCode.RunFailed;
        });
        return command;
    }

    private static async Task<StoreReport> RunAsync(
        NpgsqlDataSource source, SealKeys keys, IAsyncEnumerable<KeptSeal>? seals, CancellationToken cancel)
    {
        try
        {
            return await StoreVerification.RunAsync(source, keys, seals, cancel);
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

    private static string Number(long number) => number.ToString("n0", CultureInfo.InvariantCulture);
}
