using System.Collections.Immutable;

namespace Portal.GraphQL.Types;

/// <summary>Reads values of variables by their type. Specification, section 3, "Input Coercion" of each type.</summary>
internal readonly struct InputReader(ICollection<InputProblem> problems, bool suggests)
{
    public object? Read(object? input, GraphType type, Step? path)
    {
        if (input is null)
        {
            if (type.IsNonNull)
            {
                Tell($"Expected non-nullable type \"{type}\" not to be null.", path, input);
            }
            return null;
        }
        return type.Nullable switch
        {
            ListType list => ReadList(input, list, path),
            InputObjectType map => ReadObject(input, map, path),
            EnumType leaf => Take(leaf.TryParseValue(input, out var value, out var problem), value, problem, path, input),
            ScalarType leaf => Take(leaf.Codec.TryParseValue(input, out var value, out var problem), value, problem, path, input),
            _ => throw new ArgumentException($"{type} is no input type.", nameof(type)),
        };
    }

    private object? Take(bool fits, object? value, string? problem, Step? path, object input)
    {
        if (!fits)
        {
            Tell(problem!, path, input);
        }
        return value;
    }

    private List<object?> ReadList(object input, ListType type, Step? path)
    {
        // What is no list is a list of one.
        if (input is not List<object?> given)
        {
            return [Read(input, type.Item, path)];
        }
        var items = new List<object?>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            items.Add(Read(given[i], type.Item, new Step(path, i)));
        }
        return items;
    }

    private object? ReadObject(object input, InputObjectType type, Step? path)
    {
        if (input is not OrderedDictionary<string, object?> given)
        {
            Tell($"Expected type \"{type.Name}\" to be an object.", path, input);
            return null;
        }
        var before = problems.Count;
        var map = new OrderedDictionary<string, object?>(type.Fields.Length);
        foreach (var field in type.Fields)
        {
            if (given.TryGetValue(field.Name, out var item))
            {
                map[field.Name] = Read(item, field.Type, new Step(path, field.Name));
            }
            else if (field.HasDefault)
            {
                map[field.Name] = field.DefaultValue;
            }
            else if (field.Type.IsNonNull)
            {
                Tell($"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.", path, input);
            }
        }
        TellUnknown(given, type, path);
        if (type.IsOneOf)
        {
            CheckOneOf(map, type, path, given);
        }
        return problems.Count == before && type.Construct is { } construct ? construct(map) : map;
    }

    private void TellUnknown(OrderedDictionary<string, object?> given, InputObjectType type, Step? path)
    {
        foreach (var name in given.Keys)
        {
            if (type.FindField(name) is null)
            {
                var near = suggests ? Suggestions.For(name, type.Fields.Select(field => field.Name)) : [];
                Tell($"Field \"{name}\" is not defined by type \"{type.Name}\".{Suggestions.DidYouMean(near)}", path, given);
            }
        }
    }

    private void CheckOneOf(
        OrderedDictionary<string, object?> map, InputObjectType type, Step? path, OrderedDictionary<string, object?> given)
    {
        if (map.Count != 1)
        {
            Tell($"Exactly one key must be specified for OneOf type \"{type.Name}\".", path, given);
        }
        // What was given and is wrong is null in the map, but was told already.
        if (map.Count > 0 && map.GetAt(0) is { Value: null } first && given.GetValueOrDefault(first.Key) is null)
        {
            Tell($"Field \"{first.Key}\" must be non-null.", new Step(path, first.Key), null);
        }
    }

    private void Tell(string message, Step? path, object? value)
    {
        var steps = ImmutableArray.CreateBuilder<object>();
        for (var step = path; step is not null; step = step.Before)
        {
            steps.Insert(0, step.Key);
        }
        problems.Add(new InputProblem(message, steps.ToImmutable(), value));
    }

    /// <summary>A step into a value. Made for every item, as cheap as it can be.</summary>
    internal sealed record Step(Step? Before, object Key);
}
