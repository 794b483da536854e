using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace Portal.GraphQL.Types;

/// <summary>
/// Values of variables. As they come they are: null, <c>bool</c>, <c>string</c>, whole numbers as <c>long</c> or, where that
/// is too small, <see cref="BigInteger"/>, other numbers as <c>double</c>, lists as <c>List&lt;object?&gt;</c>, objects as
/// <c>OrderedDictionary&lt;string, object?&gt;</c>. Specification, sections 3.4.2 and 6.1.2.
/// </summary>
public static class InputValues
{
    /// <summary>The same representation of parsed JSON. Of two fields with one name the last counts.</summary>
    /// <param name="json">Any JSON; what is undefined is null.</param>
    public static object? FromJson(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                return FromNumber(json);
            case JsonValueKind.Array:
                var items = new List<object?>(json.GetArrayLength());
                foreach (var item in json.EnumerateArray())
                {
                    items.Add(FromJson(item));
                }
                return items;
            case JsonValueKind.Object:
                var map = new OrderedDictionary<string, object?>();
                foreach (var property in json.EnumerateObject())
                {
                    map[property.Name] = FromJson(property.Value);
                }
                return map;
            default:
                return null;
        }
    }

    /// <summary>Takes a value of a variable as its type asks. All that is wrong is told, not only the first.</summary>
    /// <param name="input">As it came.</param>
    /// <param name="type">An input type.</param>
    /// <param name="problems">What is wrong is added here.</param>
    /// <param name="value">What resolvers get; of no use when there are problems.</param>
    /// <param name="suggests">Whether unknown fields are told with the names that were perhaps meant.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static bool TryCoerce(
        object? input, GraphType type, ICollection<InputProblem> problems, out object? value, bool suggests = true)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        value = new InputReader(problems, suggests).Read(input, type, null);
        return problems.Count == before;
    }

    private static object FromNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
        {
            return whole;
        }
        var text = json.GetRawText();
        return text.Length <= Literals.LongestWhole && BigInteger.TryParse(text, out var large) ? large : json.GetDouble();
    }
}

/// <summary>What is wrong with a value of a variable. Specification, section 6.1.2.</summary>
/// <param name="Message">A sentence for the client.</param>
/// <param name="Path">Where in the value: names of fields and indices of items, outermost first.</param>
/// <param name="Value">The part of the value that is wrong.</param>
public sealed record InputProblem(string Message, ImmutableArray<object> Path, object? Value)
{
    /// <summary>The value as messages show it.</summary>
    public string ShownValue => Inspection.Of(Value);
}
