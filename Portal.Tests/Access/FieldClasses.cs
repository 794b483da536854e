using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

/// <summary>What fields.txt says of an object.</summary>
/// <param name="Type">Its name in the schema.</param>
/// <param name="At">The path from the query to one; empty where none of its fields has a row.</param>
/// <param name="OfParent">Fields that who sees the object sees too.</param>
/// <param name="OfItself">Fields that are looked up when they are asked for: each has a row.</param>
internal sealed record FieldClass(string Type, string At, IReadOnlyList<string> OfParent, IReadOnlyList<string> OfItself);

/// <summary>Reads fields.txt, which puts each field of each object into one of two classes.</summary>
internal static class FieldClasses
{
    private const string Parent = "of its parent:";
    private const string Itself = "asks for itself:";

    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<FieldClass> All { get; } =
        [.. Read(File.ReadAllLines(Repository.PathOf("Portal.Tests", "Access", "fields.txt")))];

    /// <summary>Reads the entries of such a file.</summary>
    public static IEnumerable<FieldClass> Read(IEnumerable<string> lines)
    {
        FieldClass? entry = null;
        List<string>? fields = null;
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            var text = line.Trim();
            if (line[0] != ' ')
            {
                if (entry is not null) yield return entry;
                var name = text.Split(" at ");
                (entry, fields) = (new(name[0], name.ElementAtOrDefault(1) ?? "", new List<string>(), new List<string>()), null);
                continue;
            }
            foreach (var (head, list) in ((string, IReadOnlyList<string>)[])[(Parent, entry!.OfParent), (Itself, entry.OfItself)])
                if (text.StartsWith(head, StringComparison.Ordinal)) (fields, text) = ((List<string>)list, text[head.Length..]);
            if (fields is null) throw new FormatException($"fields.txt does not say of which class these are: {line}");
            fields.AddRange(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        if (entry is not null) yield return entry;
    }
}
