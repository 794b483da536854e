using System.Globalization;
using Portal.Cli.Output;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>What a verification found, in words.</summary>
internal static class VerifyWords
{
    // With -o json all of them are told.
    private const int MostStreams = 12;

    /// <summary>Of a whole store.</summary>
    public static void Tell(StoreReport report) => Tell(report.Events, report.Unsealed, report.Remarks, report.Fault,
        report.Proven is { } seal ? $"{Number(seal.Total)} events, up to position {seal.To}, {By(seal)}" : null,
        ("In archives", report.Archived > 0 ? Number(report.Archived) : null));

    /// <summary>Of what was taken away.</summary>
    public static void Tell(ExportReport report) => Tell(report.Events, report.Unsealed, report.Remarks, report.Fault,
        report.Proven is { } seal ? $"up to position {report.UpTo ?? seal.To}, {By(seal)}" : null,
        report.UpTo is not null || report.Notes is not null
            ? [("Whole", Whole(report.Notes)), ("Taken", Taken(report.Notes)), ("Asked for", AskedFor(report.Notes))]
            : [("Files", report.Files > 0 ? $"{Number(report.Files)} as they were" : null),
                ("Streams whole", Streams(report, whole: true)), ("In part", Streams(report, whole: false))]);

    private static void Tell(long events, long unsealed, IReadOnlyList<string> remarks, StoreFault? fault, string? proven,
        params ReadOnlySpan<(string, string?)> more)
    {
        Print.Fields([("Events", Number(events)), ("Proven", proven ?? "nothing: there is no seal"),
            ("Not sealed yet", Number(unsealed)), .. more,
            ("Found", fault is not null ? $"{fault.Kind}: {fault.Words}" : "nothing: all is as it was")]);
        foreach (var remark in remarks) Console.Out.WriteLine($"Remark: {Print.Plain(remark)}");
    }

    private static string Streams(ExportReport report, bool whole)
    {
        var some = report.Streams.Where(stream => stream.Whole == whole).ToList();
        return string.Join(", ", some.Take(MostStreams).Select(stream => whole
            ? $"{stream.Stream} up to version {stream.Last}"
            : $"{stream.Stream} ({Number(stream.Events)} of its first {Number(stream.Last)})"))
            + (some.Count > MostStreams ? $" and {Number(some.Count - MostStreams)} more" : "");
    }

    private static string? Whole(ExportNotes? notes) =>
        notes is null ? null : $"all {Number(notes.Events)} that the portal gave, found up to position {notes.UpTo}";

    private static string? Taken(ExportNotes? notes) => notes is null ? null : $"{notes.Time}, by {notes.Actor}";

    private static string? AskedFor(ExportNotes? notes) => notes is null ? null
        : (notes.Filter == "{}" ? "everything" : notes.Filter)
            + (notes.Projects == "null" ? ", in all projects and outside of them" : $", in the projects {notes.Projects}");

    private static string By(Seal seal) => $"by seal {seal.Number} of {Print.Time(seal.Time)}";

    private static string Number(long number) => number.ToString("n0", CultureInfo.InvariantCulture);
}
