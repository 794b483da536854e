namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Long documents that were written to do harm, for <see cref="ExampleSchemas.Pets"/>.
/// </summary>
public static class LongDocuments
{
    /// <summary>All of them, each of a kind that made some implementation work for minutes: at most so many tokens.</summary>
    /// <param name="tokens">About how long.</param>
    public static IEnumerable<(string Name, string Text)> All(int tokens)
    {
        yield return ("one field very often", $"{{ {Times(tokens, " dog { name }", 4)} }}");
        yield return (
            "one field very often, with a conflict at the end",
            $"{{ {Times(tokens, " dog { name }", 4)} a: dog {{ name }} a: cat {{ name }} }}");
        yield return ("two fields in turn that conflict", $"{{ dog {{ {Times(tokens, " a: name a: barks", 6)} }} }}");
        yield return (
            "fields inside inline fragments inside each other",
            Deep("{ ", "... { dog { name } ", "", " }", " }", 60, tokens / 300));
        yield return (
            "each fragment spreads the next twice",
            Chain(tokens / 16, n => $"mother {{ ...F{n} }} father: mother {{ ...F{n} }}"));
        yield return ("each fragment spreads the next", Chain(tokens / 10, n => $"...F{n}"));
        yield return ("each fragment spreads the next twice in place", Chain(tokens / 13, n => $"...F{n} ...F{n}"));
        yield return ("fragments of one selection, all different", Star(tokens / 14, n => $"a{n}: name"));
        yield return ("fragments of one selection, all in conflict", Star(tokens / 14, n => n % 2 == 0 ? "a: name" : "a: barks"));
        yield return ("fragments inside and inside again, in conflict", Chain(tokens / 30, n =>
            $"x: mother {{ ...F{n} a: name }} x: mother {{ a: barks ...F{n} }}"));
        yield return ("a circle of all fragments", Chain(tokens / 10, n => $"...F{n}", "...F0"));
        yield return ("variables that nobody uses", $"query ({Times(tokens, i => $"$v{i}: Int ", 4)}) {{ dog {{ name }} }}");
        yield return (
            "variables that nobody defines",
            $"{{ dog {{ {Times(tokens, i => $"a{i}: knows(command: $v{i}) ", 9)} }} }}");
        yield return ("operations that share a fragment", Times(tokens, i => $"query Q{i} {{ dog {{ ...F }} }} ", 8) +
            "fragment F on Dog { knows(command: $c) name }");
        yield return ("unknown fields", $"{{ {Times(tokens, i => $"dogg{i} ", 1)} }}");
        yield return ("unknown types", $"{{ {Times(tokens, i => $"... on Dogg{i} {{ name }} ", 6)} }}");
        yield return ("one argument very often", $"{{ dog {{ knows({Times(tokens, "command: SIT ", 3)}) }} }}");
        yield return ("one input field very often", $"{{ find(filter: {{{Times(tokens, "name: \"a\" ", 3)}}}) {{ name }} }}");
        yield return ("one directive very often", $"{{ dog {Times(tokens, "@skip(if: false) ", 6)} {{ name }} }}");
        yield return ("a long list", $"{{ find(ids: [{Times(tokens, "1 null \"a\" ", 3)}]) {{ name }} }}");
        yield return ("introspection in fragments without end", "{ __schema { types { ...F0 } } } " +
            Times(tokens, i => $"fragment F{i} on __Type {{ ofType {{ ...F{i + 1} }} a: ofType {{ ...F{i + 1} }} }} ", 18));
        yield return ("introspection in fragments inside each other",
            Chain(tokens / 12, n => $"ofType {{ ...F{n} }}", start: "__type(name: \"Dog\")", type: "__Type"));
        yield return ("fields of two objects that never meet", $"{{ pet {{ {Times(
            Math.Min(tokens, 12000), "... on Dog { a: name } ... on Cat { a: nickname } ", 14)} }} }}");
        yield return ("a name of many letters", $"{{ {new string('d', tokens * 5)} }}");
        yield return ("many aliases of one name", $"{{ {Times(tokens, i => $"a{i}: dog {{ name }} ", 6)} }}");
    }

    /// <summary>The same beginning and end, often: deeper than any parser should go.</summary>
    public static string Deep(string before, string open, string middle, string close, string after, int levels, int width = 0) =>
        before + Repeat(open + Repeat("dog { name } ", width), levels) + middle + Repeat(close, levels) + after;

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Chain(
        int length, Func<int, string> next, string last = "name", string start = "dog", string type = "Dog") =>
        $"{{ {start} {{ ...F0 }} }} " + string.Concat(Enumerable.Range(0, length).Select(
            i => $"fragment F{i} on {type} {{ {(i + 1 < length ? next(i + 1) : last)} }} "));

    private static string Star(int count, Func<int, string> field) =>
        $"{{ dog {{ {string.Concat(Enumerable.Range(0, count).Select(i => $"...F{i} "))} }} }} " +
        string.Concat(Enumerable.Range(0, count).Select(i => $"fragment F{i} on Dog {{ {field(i)} }} "));

    private static string Times(int tokens, string text, int cost) => Times(tokens, _ => text, cost);

    private static string Times(int tokens, Func<int, string> text, int cost) =>
        string.Concat(Enumerable.Range(0, Math.Max(1, (tokens / cost) - 10)).Select(text));
}
