using System.CommandLine;
using System.Globalization;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Archives;

/// <summary>An archive, as Archives.graphql asks for it.</summary>
public sealed record Archive(string Key, string File, long Bytes, string Sha256, long RunCount, long NoteCount, long EventCount,
    DateTimeOffset MadeAt, DateTimeOffset? RestoredAt);

/// <summary>How many runs and notes could be archived.</summary>
public sealed record Archivable(long Runs, long Held, long Notes, long HeldNotes);

/// <summary>An archive by its file.</summary>
public sealed record ArchiveName(string File);

/// <summary>What came of archiving.</summary>
public sealed record Archived(IReadOnlyList<ArchiveName> Archives, long RunCount, long NoteCount, long EventCount, long Left);

/// <summary><c>portal archive</c>: runs that ended long ago, and notes, in files.</summary>
public static class ArchiveCommands
{
    /// <summary>The command.</summary>
    public static Command Make() =>
        new("archive", "Runs that ended long ago, and notes, in files that verify alone; for administrators")
        {
            List(), Now(), Restore(),
        };

    private static Command List() => new Command("list", "All archives, the newest first").Does(async (parsed, portal, cancel) =>
    {
        var archives = await portal.ListAsync<Archive>(
            new("Archives", "ListArchives"), after => new { after }, cancel).ToListAsync(cancel);
        parsed.Show(archives, () => Print.Table(archives, ("archive", a => a.Key), ("file", a => a.File),
            ("runs", a => Number(a.RunCount)), ("notes", a => Number(a.NoteCount)), ("events", a => Number(a.EventCount)),
            ("bytes", a => Number(a.Bytes)), ("made", a => Print.Time(a.MadeAt)),
            ("back since", a => Print.Time(a.RestoredAt))));
        return ExitCode.Well;
    });

    private static Command Now()
    {
        var before = new Option<string>("--ended-before")
        {
            Description = "Runs that ended, and notes that were recorded, before this: 2026-01-01, or with a time, "
                + "2026-01-01T00:00:00Z",
            Required = true,
        };
        var count = new Option<bool>("--count") { Description = "Only tell how many there are" };
        var command = new Command("make", "Archive runs that ended before a day, and notes of readings, refusals, exports and "
            + "sign-ins from before it; what a hold is on stays") { before, count };
        return command.Does(async (parsed, portal, cancel) =>
        {
            if (!DateTimeOffset.TryParse(parsed.GetValue(before), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
                throw new UsageException($"{parsed.GetValue(before)} is no day: 2026-01-01.");
            if (parsed.GetValue(count))
            {
                var found = await portal.AskAsync<Archivable>(new("Archives", "CountArchivable"), new { before = moment }, cancel);
                parsed.Show(found, () => Print.Fields(("Runs", Number(found.Runs)), ("Held", Number(found.Held)),
                    ("Notes", Number(found.Notes)), ("Held notes", Number(found.HeldNotes))));
                return ExitCode.Well;
            }
            // A request makes as many as it can be waited for.
            var made = new Archived([], 0, 0, 0, 0);
            Archived next;
            do
            {
                next = await portal.ChangeAsync<Archived>(new("Archives", "ArchiveRuns"), new { endedBefore = moment }, cancel);
                made = new([.. made.Archives, .. next.Archives], made.RunCount + next.RunCount,
                    made.NoteCount + next.NoteCount, made.EventCount + next.EventCount, next.Left);
            }
            while (next is { Left: > 0, Archives.Count: > 0 });
            parsed.Show(made, () => Print.Fields(("Runs", Number(made.RunCount)), ("Notes", Number(made.NoteCount)),
                ("Events", Number(made.EventCount)), ("Files", made.Archives.Count > 0 ? string.Join(' ', made.Archives.Select(one => one.File))
                    : "none: there is nothing to archive")));
            return ExitCode.Well;
        });
    }

    private static Command Restore()
    {
        var archive = new Argument<string>("archive") { Description = "Key of the archive, from `portal archive list`" };
        var command = new Command("restore", "Bring what is in an archive back, byte for byte; the file stays") { archive };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var id = GlobalId.Of("Archive", parsed.GetValue(archive)!)
                ?? throw new UsageException($"{parsed.GetValue(archive)} is no key of an archive; see `portal archive list`.");
            var back = await portal.ChangeAsync<Archive>(new("Archives", "RestoreArchive"), new { id }, cancel);
            parsed.Show(back, () => Print.Fields(
                ("Back", back.File), ("Runs", Number(back.RunCount)), ("Notes", Number(back.NoteCount)),
                ("Events", Number(back.EventCount))));
            return ExitCode.Well;
        });
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
