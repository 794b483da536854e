namespace Portal.Tests.GraphQL.Fuzz;

/// <content>Single changes.</content>
public sealed partial class DocumentMutator
{
    private void Repeat(List<string> tokens, int at)
    {
        var piece = tokens.GetRange(at, random.Next(1, 1 + Math.Min(12, tokens.Count - at)));
        tokens.InsertRange(random.Next(2) == 0 ? at : random.Next(tokens.Count), [" ", .. piece, " "]);
    }

    // A name for another one of the same text: fragments go in circles, fields conflict, types do not fit.
    private void Rename(List<string> tokens)
    {
        var names = Enumerable.Range(0, tokens.Count).Where(i => Name().IsMatch(tokens[i])).ToList();
        if (names.Count > 0)
        {
            tokens[names[random.Next(names.Count)]] = tokens[names[random.Next(names.Count)]];
        }
    }

    // What stands behind a colon for what stands behind another.
    private void Revalue(List<string> tokens)
    {
        var values = Enumerable.Range(1, tokens.Count - 1)
            .Where(i => Value().IsMatch(tokens[i]) && Before(tokens, i) is ":" or "[").ToList();
        if (values.Count > 0)
        {
            var at = values[random.Next(values.Count)];
            tokens[at] = random.Next(2) == 0 ? tokens[values[random.Next(values.Count)]] : Pick(Values);
        }
    }

    // A selection set once more: in another place, of another type.
    private void RepeatSelection(List<string> tokens)
    {
        var starts = Enumerable.Range(0, tokens.Count).Where(i => tokens[i] == "{").ToList();
        if (starts.Count > 0)
        {
            var from = starts[random.Next(starts.Count)];
            var (end, depth) = (from, 0);
            do
            {
                depth += tokens[end] switch { "{" => 1, "}" => -1, _ => 0 };
                end++;
            }
            while (depth > 0 && end < tokens.Count);
            var inside = tokens.GetRange(from + 1, Math.Max(0, end - from - 2));
            tokens.InsertRange(starts[random.Next(starts.Count)] + 1, [" ", .. inside, " "]);
        }
    }

    private static string? Before(List<string> tokens, int at)
    {
        do
        {
            at--;
        }
        while (at >= 0 && string.IsNullOrWhiteSpace(tokens[at]));
        return at < 0 ? null : tokens[at];
    }

    private void Misspell(List<string> tokens)
    {
        var names = Enumerable.Range(0, tokens.Count).Where(i => Name().IsMatch(tokens[i])).ToList();
        if (names.Count > 0)
        {
            var at = names[random.Next(names.Count)];
            var name = tokens[at];
            var place = random.Next(name.Length);
            tokens[at] = random.Next(4) switch
            {
                0 => name + "s",
                1 => name.Length > 1 ? name.Remove(place, 1) : name + name,
                2 => name.Insert(place, "x"),
                _ => char.IsUpper(name[0]) ? name.ToLowerInvariant() : name.ToUpperInvariant(),
            };
        }
    }
}
