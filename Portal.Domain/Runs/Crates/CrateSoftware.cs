using Portal.Domain.Machines;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>The software of a run as far as it is known: what carried its jobs out, and what set-up lines loaded (Process Run
/// Crate 0.5: SoftwareApplication, softwareVersion, softwareRequirements).</summary>
internal static class CrateSoftware
{
    private const string Carrier = "#scheduler";

    /// <summary>Adds the scheduler, or the system where there is none.</summary>
    /// <returns>Its id; null where nothing is known of it.</returns>
    public static string? AddCarrier(LinkedData graph, KnownSoftware? software) => software?.Carrier is not { } carrier ? null
        : graph.Add(Carrier, ["SoftwareApplication"], ("name", carrier.Name), ("softwareVersion", carrier.Version),
            ("description", software.ToldAt is { } at
                ? $"What carried the jobs out, as it called itself when the connection was tested at {CrateSource.Moment(at)}."
                : "What carried the jobs out; no connection test has told its version."));

    /// <summary>Adds the modules that were loaded before each step.</summary>
    /// <returns>Their ids.</returns>
    public static IReadOnlyList<string> AddModules(LinkedData graph, KnownSoftware? software) =>
    [
        .. (software?.Modules ?? []).Select(module => graph.Add(
            $"#module-{Uri.EscapeDataString(module.Version is null ? module.Name : $"{module.Name}/{module.Version}")}",
            ["SoftwareApplication"], ("name", module.Name), ("softwareVersion", module.Version),
            ("description", "An environment module that was loaded before each step."))),
    ];

    /// <summary>Adds the lines that were run before each step, to the letter.</summary>
    /// <returns>Their ids.</returns>
    public static IReadOnlyList<string> AddSetUpLines(LinkedData graph, KnownSoftware? software) =>
    [
        .. (software?.SetUpLines ?? []).Index().Select(line => graph.Add(
            $"#set-up-line-{Number(line.Index + 1)}", ["PropertyValue"], ("name", "setUpLine"), ("value", line.Item))),
    ];
}
