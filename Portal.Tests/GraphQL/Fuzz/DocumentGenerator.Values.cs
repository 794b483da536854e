using System.Collections.Immutable;
using System.Globalization;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Fuzz;

/// <content>Arguments, values, variables and directives.</content>
public sealed partial class DocumentGenerator
{
    private string Arguments(ImmutableArray<ArgumentDefinition> definitions)
    {
        var given = definitions.Where(argument => argument.IsRequired || random.Next(2) == 0)
            .Where(_ => manners != Manners.Wild || random.Next(8) > 0)
            .Select(argument => $"{argument.Name}: {Value(argument.Type, 2, true)}").ToList();
        if (manners == Manners.Wild && random.Next(12) == 0)
        {
            given.Add("a9: 1");
        }
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Value(GraphType type, int depth, bool mayVary)
    {
        if (manners == Manners.Wild && random.Next(10) == 0)
        {
            type = schema.Types.Where(other => other.IsInput).ElementAt(random.Next(5));
        }
        if (mayVary && _mayShare && random.Next(4) == 0)
        {
            return Variable(type);
        }
        if (!type.IsNonNull && (depth <= 0 || random.Next(10) == 0))
        {
            return "null";
        }
        switch (type.Nullable)
        {
            case ListType list when random.Next(3) > 0:
                var items = Enumerable.Range(0, random.Next(3)).Select(_ => Value(list.Item, depth - 1, mayVary));
                return $"[{string.Join(", ", items)}]";
            case ListType list:
                return Value(list.Item.IsNonNull ? list.Item : list.Item.NonNull, depth, false);
            case InputObjectType input:
                return Map(input, depth, mayVary);
            case EnumType e:
                return e.Values[random.Next(e.Values.Length)].Name;
            default:
                return Leaf(type.Named.Name);
        }
    }

    private string Map(InputObjectType type, int depth, bool mayVary)
    {
        if (type.IsOneOf)
        {
            var field = type.Fields[random.Next(type.Fields.Length - 1)];
            var chosen = field.Type.IsNonNull ? field.Type : field.Type.NonNull;
            return $"{{{field.Name}: {Value(chosen, depth - 1, mayVary)}}}";
        }
        var given = type.Fields.Where(field => field.IsRequired || (depth > 0 && random.Next(3) == 0))
            .Where(_ => manners != Manners.Wild || random.Next(8) > 0)
            .Select(field => $"{field.Name}: {Value(field.Type, depth - 1, mayVary)}").ToList();
        if (manners == Manners.Wild && random.Next(12) == 0)
        {
            given.Add("f77: $v0");
        }
        return $"{{{string.Join(", ", given)}}}";
    }

    private string Leaf(string type) => type switch
    {
        "Int" => random.Next(-5, 1000).ToString(CultureInfo.InvariantCulture),
        "Float" => random.Next(2) == 0 ? "1.5e3" : random.Next(100).ToString(CultureInfo.InvariantCulture),
        "Boolean" => random.Next(2) == 0 ? "true" : "false",
        "String" => random.Next(4) == 0 ? "\"\"\"a \"block\" \"\"\"" : "\"text\"",
        "ID" => random.Next(2) == 0 ? "\"id1\"" : "7",
        _ => new[] { "1", "\"s\"", "[1, {a: RED}]", "{b: [true]}", "WORD" }[random.Next(5)],
    };

    private string Variable(GraphType type)
    {
        var known = _variables.Where(variable => variable.Type == type).ToList();
        if (known.Count > 0 && random.Next(2) == 0)
        {
            return "$" + known[0].Name;
        }
        // What is more strict fits as well.
        var chosen = type switch
        {
            _ when manners == Manners.Wild && random.Next(4) == 0 => type.Nullable,
            { IsNonNull: false } when random.Next(3) == 0 => type.NonNull,
            _ => type,
        };
        _variables.Add(($"v{_variables.Count}", chosen));
        return $"${_variables[^1].Name}";
    }

    private string Definition((string Name, GraphType Type) variable)
    {
        var value = random.Next(5) == 0 ? $" = {Value(variable.Type, 2, false)}" : "";
        return $"${variable.Name}: {variable.Type}{value}{(random.Next(8) == 0 ? Directives("VARIABLE_DEFINITION", false) : "")}";
    }

    private string Directives(string location, bool mayVary = true)
    {
        if (random.Next(8) > 0)
        {
            return "";
        }
        var fitting = schema.Directives
            .Where(directive => directive.Locations.Contains(location) || (manners == Manners.Wild && random.Next(8) == 0))
            .ToList();
        if (fitting.Count == 0)
        {
            return "";
        }
        var chosen = fitting[random.Next(fitting.Count)];
        var times = chosen.IsRepeatable || manners == Manners.Wild ? random.Next(1, 3) : 1;
        return string.Concat(Enumerable.Range(0, times).Select(_ => $" @{chosen.Name}{DirectiveArguments(chosen, mayVary)}"));
    }

    private string DirectiveArguments(DirectiveDefinition directive, bool mayVary)
    {
        var given = directive.Arguments.Where(argument => argument.IsRequired || random.Next(2) == 0)
            .Select(argument => $"{argument.Name}: {Value(argument.Type, 2, mayVary)}").ToList();
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }
}
