using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Reads <c>inputs</c>, <c>outputs</c> and <c>code</c>: everything that travels.</summary>
internal static class TransferReader
{
    private const string InputExample = "Write `- { from: endpoint://name/cases.csv, to: input/cases.csv }`.";
    private const string OutputExample = "Write `- { from: results/summary.csv, to: endpoint://name/summary.csv }`.";

    public static IReadOnlyList<InputDescription> Inputs(MapReader top, Reading reading)
    {
        var inputs = new List<InputDescription>();
        foreach (var (item, field) in top.Items("inputs", 1000, InputExample))
        {
            if (Pair(item, field, reading, InputExample, ["from", "to"]) is { } map
                && map.Template("from", File, Early.AfterBeginning) is { } from
                && map.Template("to", RunPath.File, Early.Parts) is { } to)
            {
                inputs.Add(new(from, to));
            }
        }

        TargetCheck.Unique(inputs.Select(x => x.To), RunPath.File, reading.Problems);
        return inputs;
    }

    public static IReadOnlyList<OutputDescription> Outputs(MapReader top, Reading reading)
    {
        var outputs = new List<OutputDescription>();
        foreach (var (item, field) in top.Items("outputs", 1000, OutputExample))
        {
            if (Pair(item, field, reading, OutputExample, ["from", "to", "optional"]) is not { } map)
            {
                continue;
            }

            var optional = map.Truth("optional", otherwise: false);
            var from = map.Template("from", Kept, Early.Parts);
            if (map.Template("to", Target, Early.AfterBeginning) is { } to && from is not null)
            {
                outputs.Add(new(from, to, optional));
            }
        }

        TargetCheck.Unique(outputs.Select(x => x.To), x => File(x).Then(y => Result.Of(y.ToString())), reading.Problems);
        return outputs;
    }

    public static CodeDescription? Code(MapReader top, Reading reading)
    {
        const string advice = "Write `url`, `ref` and `folder` below it.";
        var node = top.Find("code");
        if (node is not YamlMap)
        {
            if (node is not null)
            {
                reading.WrongType(node, "code", "A map", advice);
            }

            return null;
        }

        var map = new MapReader((YamlMap)node, "code", reading, "url", "ref", "folder", "to");
        map.Require("url", "Write the address of the git repository.");
        var url = map.Template("url", RepositoryAddress.Parse, Early.AfterBeginning);
        var reference = map.Template("ref", Names.Ref, Early.Parts);
        var folder = map.Template("folder", RunPath.Folder, Early.Parts);
        var to = map.Template("to", RunPath.Folder, Early.Parts)
            ?? new Template("code", [new("code", null)], "code.to", node.Line, node.Column);
        return url is null ? null : new(url, reference, folder, to);
    }

    /// <summary>A location that names a file.</summary>
    public static Result<Location> File(string text) => Location.Parse(text).Then(x => x.NamesFile ? Result.Of(x)
        : UrlParts.Bad("The location names a folder.", "Name the file as well."));

    /// <summary>A location that a file can be written to: plain web servers take none.</summary>
    public static Result<Location> Target(string text) => File(text).Then(x => x.Scheme is not ("http" or "https") ? Result.Of(x)
        : new Problem("UNSUPPORTED_SCHEME", "A web server takes no files.", Advice: "Write to an endpoint, ftp, ftps or sftp."));

    /// <summary>A file that a run leaves; wildcards are not known.</summary>
    public static Result<string> Kept(string text) => text.AsSpan().IndexOfAny('*', '?') < 0 ? RunPath.File(text)
        : new Problem("INVALID_PATH", $"The path {Characters.Shown(text)} holds a wildcard.",
            Advice: "Name each file, or pack many into one in the last step.");

    private static MapReader? Pair(YamlNode item, string field, Reading reading, string example, string[] keys)
    {
        if (item is not YamlMap map)
        {
            reading.WrongType(item, field, "A map with `from` and `to`", example);
            return null;
        }

        var reader = new MapReader(map, field, reading, keys);
        reader.Require("from", example);
        reader.Require("to", example);
        return reader;
    }
}
