using System.Text.Json;

namespace Portal.Tests.Audit;

/// <summary>Expanded JSON-LD, as far as a crate has it: things by their ids.</summary>
internal sealed class ExpandedGraph
{
    private readonly Dictionary<string, Thing> things;

    public ExpandedGraph(JsonElement expanded) =>
        things = expanded.EnumerateArray().Select(one => new Thing(one)).ToDictionary(one => one.Id);

    /// <summary>The thing of an id.</summary>
    public Thing The(string id) => things.TryGetValue(id, out var thing)
        ? thing : throw new KeyNotFoundException($"{id} is not among {string.Join(' ', things.Keys)}");

    /// <summary>All things of a type of schema.org.</summary>
    public IEnumerable<Thing> Of(string type) => things.Values.Where(thing => thing.Types.Contains($"http://schema.org/{type}"));

    /// <summary>What is referred to and not there.</summary>
    public IEnumerable<string> Dangling() => things.Values.SelectMany(thing => thing.References).Where(id => !things.ContainsKey(id)).Distinct();

    /// <summary>A thing.</summary>
    internal sealed class Thing(JsonElement node)
    {
        public string Id => node.GetProperty("@id").GetString()!;

        public IReadOnlyList<string> Types => [.. node.GetProperty("@type").EnumerateArray().Select(type => type.GetString()!)];

        /// <summary>Every id that it names.</summary>
        public IEnumerable<string> References => node.EnumerateObject().Where(one => one.Name[0] != '@').SelectMany(one => Ids(one.Name));

        public bool Has(string property) => node.TryGetProperty(property, out _);

        /// <summary>The one value of a property, as text.</summary>
        public string? Value(string property) =>
            Has(property) ? node.GetProperty(property).EnumerateArray().Single().GetProperty("@value").ToString() : null;

        /// <summary>The ids of the things that a property names.</summary>
        public IReadOnlyList<string> Ids(string property) => !Has(property) ? [] :
        [
            .. node.GetProperty(property).EnumerateArray().Where(one => one.TryGetProperty("@id", out _))
                .Select(one => one.GetProperty("@id").GetString()!),
        ];
    }
}
