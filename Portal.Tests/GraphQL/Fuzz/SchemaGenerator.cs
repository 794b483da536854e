using System.Text;

namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Makes schemas that are right, of all kinds of types, by chance: the same seed gives the same schema. A field has the
/// same type and the same arguments in all types that have it, so that types may implement any interface.
/// </summary>
public sealed class SchemaGenerator
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _leaves = ["Int", "Float", "String", "Boolean", "ID"];
    private readonly List<string> _inputs = [];
    private readonly List<string> _composites = [];
    private readonly List<string> _fields = [];

    /// <summary>Prepares a schema.</summary>
    /// <param name="random">What decides.</param>
    public SchemaGenerator(Random random) => _random = random;

    /// <summary>The schema as text. Once for each generator.</summary>
    public string Generate()
    {
        var (interfaces, objects, unions) = (_random.Next(1, 4), _random.Next(3, 7), _random.Next(0, 3));
        AddLeaves();
        AddInputs();
        _composites.AddRange(Enumerable.Range(0, objects).Select(i => $"T{i}"));
        _composites.AddRange(Enumerable.Range(0, interfaces).Select(i => $"I{i}"));
        _composites.AddRange(Enumerable.Range(0, unions).Select(i => $"U{i}"));
        _fields.AddRange(Enumerable.Range(0, _random.Next(8, 24)).Select(MakeField));
        var kept = AddInterfaces(interfaces);
        for (var i = 0; i < objects; i++)
        {
            AddObject($"T{i}", kept);
        }
        for (var i = 0; i < unions; i++)
        {
            Line($"union U{i} = {string.Join(" | ", Some(objects, 1).Select(n => $"T{n}"))}");
        }
        foreach (var root in Roots())
        {
            AddObject(root, kept, isRoot: true);
        }
        AddDirectives();
        return _text.ToString();
    }

    private void AddLeaves()
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Line($"enum E{i} {{ {string.Join(' ', Some(6, 1).Select(n => $"V{n}"))} }}");
            _leaves.Add($"E{i}");
        }
        for (var i = _random.Next(0, 3); i > 0; i--)
        {
            Line($"scalar S{i}{(Chance(3) ? $" @specifiedBy(url: \"https://s.example/{i}\")" : "")}");
            _leaves.Add($"S{i}");
        }
    }

    private void AddInputs()
    {
        _inputs.AddRange(_leaves.Where(leaf => leaf[0] != 'E'));
        _inputs.AddRange(_leaves.Where(leaf => leaf[0] == 'E'));
        for (var i = 0; i < _random.Next(1, 5); i++)
        {
            var isOneOf = Chance(3);
            var fields = Some(5, 1).Select(n => isOneOf ? $"f{n}: {Wrap(Pick(_inputs), false)}" : $"f{n}: {Argument()}");
            Line($"input N{i}{(isOneOf ? " @oneOf" : "")} {{ {string.Join(' ', fields)} again: N{i} }}");
            _inputs.Add($"N{i}");
        }
    }

    // The type of an argument, with a default value now and then.
    private string Argument()
    {
        var type = Pick(_inputs);
        return type switch
        {
            "Int" when Chance(3) => $"Int{Bang()} = {_random.Next(100)}",
            "String" when Chance(3) => $"[String{Bang()}] = [\"a\", \"b\"]",
            "Boolean" when Chance(3) => "Boolean = null",
            _ => Wrap(type, Chance(4)),
        };
    }

    private string MakeField(int index)
    {
        var type = Wrap(Chance(2) ? Pick(_leaves) : Pick(_composites), Chance(2));
        var arguments = Chance(3) ? $"({string.Join(", ", Some(4, 1).Select(n => $"a{n}: {Argument()}"))})" : "";
        var note = Chance(9) ? " @deprecated" : Chance(12) ? " @deprecated(reason: \"Use another.\")" : "";
        return $"f{index}{arguments}: {type}{note}";
    }

    private List<(string Header, int[] Fields)> AddInterfaces(int count)
    {
        var all = new List<(string Header, int[] Fields)>();
        for (var i = 0; i < count; i++)
        {
            var parent = i > 0 && Chance(2) ? all[i - 1] : default;
            var header = parent.Header is null ? $"I{i}" : $"{parent.Header} & I{i}";
            var fields = Some(_fields.Count, 2).Take(4).Concat(parent.Fields ?? []).Distinct().Order().ToArray();
            var implements = parent.Header is null ? "" : $" implements {parent.Header}";
            Line($"interface I{i}{implements} {{ id: ID! {string.Join(' ', fields.Select(n => _fields[n]))} }}");
            all.Add((header, fields));
        }
        return all;
    }

    private void AddObject(string name, List<(string Header, int[] Fields)> interfaces, bool isRoot = false)
    {
        var chosen = !isRoot && Chance(2) ? interfaces[_random.Next(interfaces.Count)] : default;
        var fields = Some(_fields.Count, 3).Concat(chosen.Fields ?? []).Distinct().Order();
        var implements = chosen.Header is null ? "" : $" implements {chosen.Header}";
        Line($"type {name}{implements} {{ id: ID! {string.Join(' ', fields.Select(n => _fields[n]))} }}");
    }

    private List<string> Roots()
    {
        List<string> roots = ["Query", .. Chance(2) ? ["Mutation"] : Array.Empty<string>(), "Subscription"];
        if (!Chance(4))
        {
            return roots;
        }
        Line($"schema {{ {string.Join(' ', roots.Select(root => $"{root.ToLowerInvariant()}: {root}Root"))} }}");
        return [.. roots.Select(root => root + "Root")];
    }

    private void AddDirectives()
    {
        Line($"directive @once(a: {Argument()}) on FIELD | QUERY | FRAGMENT_SPREAD | VARIABLE_DEFINITION");
        Line("directive @often(n: Int! = 1, t: String) repeatable on FIELD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | MUTATION");
        Line("directive @strict(n: Int!) on FIELD | SUBSCRIPTION");
    }

    private string Wrap(string type, bool isStrict)
    {
        var wrapped = _random.Next(6) switch
        {
            0 => $"[{type}]",
            1 => $"[{type}!]",
            2 when isStrict => $"[[{type}]!]",
            _ => type,
        };
        return isStrict ? wrapped + "!" : wrapped;
    }

    private IEnumerable<int> Some(int of, int least)
    {
        var count = Math.Min(of, _random.Next(least, least + 5));
        return Enumerable.Range(0, of).OrderBy(_ => _random.Next()).Take(count).ToList();
    }

    private string Bang() => Chance(2) ? "!" : "";

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(List<string> from) => from[_random.Next(from.Count)];

    private void Line(string line) => _text.Append(line).Append('\n');
}
