using Portal.Domain.Workflows.Description;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>What went into a run and came out of it: values of parameters, code, inputs and outputs. Data stays where it is and
/// is referred to; results that are packed stand in the crate.</summary>
/// <param name="Objects">Ids of what went in.</param>
/// <param name="Results">Ids of what came out.</param>
/// <param name="Files">Ids of those of them that are files.</param>
internal sealed record CrateData(IReadOnlyList<string> Objects, IReadOnlyList<string> Results, IReadOnlyList<string> Files)
{
    /// <summary>Adds it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The run.</param>
    /// <param name="packed">Results that stand in the crate, by their place in the plan.</param>
    public static CrateData Add(LinkedData graph, CrateSource source, IReadOnlyDictionary<int, CrateFile> packed)
    {
        var plan = source.Request.Plan;
        List<string> values = [.. source.Request.Parameters.Select(one => Value(graph, source, one.Key, one.Value))];
        if (source.Code is { } code) values.Add(Code(graph, source, code));
        List<string> inputs = [.. plan.Inputs.Select((input, index) =>
            DataFile(graph, "input", index, input.From, input.To, source.Transfer("input", index), null))];
        List<string> outputs = [.. plan.Outputs.Index().Where(output => source.Transfer("output", output.Index) is { Done: true })
            .Select(output => DataFile(graph, "output", output.Index, output.Item.To, output.Item.From,
                source.Transfer("output", output.Index), packed.GetValueOrDefault(output.Index)))];
        return new([.. inputs, .. values], outputs, [.. inputs, .. outputs]);
    }

    private static string Value(LinkedData graph, CrateSource source, string name, string value) =>
        graph.Add($"#value-{Uri.EscapeDataString(name)}", ["PropertyValue"], ("name", name), ("value", value),
            ("unitText", source.Description?.Parameters.FirstOrDefault(one => one.Name == name)?.Unit),
            ("exampleOfWork", To(CrateWorkflow.Formal("parameter", name))));

    private static string Code(LinkedData graph, CrateSource source, CodeResolved code) =>
        graph.Add("#code", ["SoftwareSourceCode"], ("name", $"Code of the run, commit {code.Commit}"),
            ("codeRepository", code.Url), ("version", code.Commit),
            ("identifier", source.Run.Code?.Sha256 is { } sha256 ? $"sha256:{sha256}" : null),
            ("description", source.Run.Code is { TreeHash: { } tree } state
                ? $"{Number(state.Files)} files, {Number(state.Bytes)} bytes; git's tree {tree}"
                    + (source.Request.Plan.Code?.Folder is { } folder ? $" of the folder {folder}" : "")
                : null));

    private static string DataFile(LinkedData graph, string kind, int index, Location at, string name, TransferState? transfer,
        CrateFile? packed)
    {
        var url = $"{at}";
        // One place may be read and written, or read twice: it is told apart then.
        var id = packed?.Path is { } path ? Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)
            : graph.Has(url) ? $"#{kind}-{index}-file" : url;
        return graph.Add(id, ["File"], ("name", name), ("url", id == url ? null : url), ("identifier", url),
            ("contentSize", transfer is { Done: true } ? Number(transfer.Bytes) : null), ("sha256", transfer?.Sha256),
            ("sdDatePublished", CrateSource.Moment(transfer?.EndedAt)),
            ("exampleOfWork", To(CrateWorkflow.Formal(kind, index))));
    }
}
