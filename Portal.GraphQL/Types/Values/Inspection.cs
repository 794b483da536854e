using System.Collections;
using System.Text;

namespace Portal.GraphQL.Types;

/// <summary>Values as messages show them, in the manner of the reference implementation.</summary>
internal static class Inspection
{
    private const int MostItems = 10;
    private const int MostLevels = 2;

    public static string Of(object? value) => Of(value, 1);

    private static string Of(object? value, int level) => value switch
    {
        null => "null",
        string text => Quoted(text),
        bool truth => truth ? "true" : "false",
        _ when Numbers.TryGet(value, out var number) => Numbers.Format(number),
        IReadOnlyDictionary<string, object?> map => OfMap(map, level),
        IEnumerable items => OfList([.. items.Cast<object?>().Take(1000)], level),
        _ => $"[{value.GetType().Name}]",
    };

    private static string Quoted(string text)
    {
        using var output = new JsonOutput(256);
        output.WriteString(text);
        return Encoding.UTF8.GetString(output.Written.Span);
    }

    private static string OfMap(IReadOnlyDictionary<string, object?> map, int level)
    {
        if (map.Count == 0)
        {
            return "{}";
        }
        return level > MostLevels
            ? "[Object]"
            : "{ " + string.Join(", ", map.Select(pair => $"{pair.Key}: {Of(pair.Value, level + 1)}")) + " }";
    }

    private static string OfList(List<object?> items, int level)
    {
        if (items.Count == 0)
        {
            return "[]";
        }
        if (level > MostLevels)
        {
            return "[Array]";
        }
        var shown = items.Take(MostItems).Select(item => Of(item, level + 1)).ToList();
        var more = items.Count - shown.Count;
        if (more > 0)
        {
            shown.Add(more == 1 ? "... 1 more item" : $"... {more} more items");
        }
        return $"[{string.Join(", ", shown)}]";
    }
}
