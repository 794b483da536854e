namespace Portal.Domain.Workflows.Description;

/// <summary>Checks that every reference names something, and that none leads back to itself.</summary>
internal static class ReferenceCheck
{
    private static readonly string[] Scopes = ["parameters", "run", "environment"];
    private static readonly string[] Run = ["id", "name"];

    public static void All(
        Reading reading, IReadOnlyList<ParameterDefinition> parameters, IReadOnlyDictionary<string, Template> environment)
    {
        var names = parameters.Select(x => x.Name).ToList();
        foreach (var (template, onlyParameters) in reading.Templates)
        {
            foreach (var reference in template.References)
            {
                IReadOnlyCollection<string>? known = reference.Scope switch
                {
                    "parameters" => names,
                    "run" => Run,
                    "environment" => [.. environment.Keys],
                    _ => null,
                };
                One(reading.Problems, template, reference, known, onlyParameters);
            }
        }

        Cycles("parameters", parameters.Where(x => x.Default is not null).ToDictionary(x => x.Name, x => x.Default!),
            reading.Problems);
        Cycles("environment", environment, reading.Problems);
    }

    private static void One(
        ProblemList problems, Template template, Reference reference, IReadOnlyCollection<string>? known, bool onlyParameters)
    {
        var (code, message, advice) = known is null
            ? ("UNKNOWN_REFERENCE", $"There is no {Characters.Shown(reference.Scope)} to refer to.",
                Suggestion.For(reference.Scope, Scopes, "Known are parameters, run and environment."))
            : onlyParameters && reference.Scope != "parameters"
            ? ("EXPRESSION_NOT_ALLOWED", $"A default cannot refer to {reference}: it is filled in before there is a run.",
                "Refer to other parameters only.")
            : known.Contains(reference.Name) ? default
            : ("UNKNOWN_REFERENCE", $"There is no {Characters.Shown(reference.Name)} in {reference.Scope}.",
                Suggestion.For(reference.Name, known, known.Count == 0 ? $"The file declares no {reference.Scope}."
                    : $"Known are {string.Join(", ", known.Take(20))}."
                        + (reference.Scope == "environment" ? " A step's own variables cannot be referred to." : "")));
        if (code is not null)
        {
            problems.Add(code, message, template.Field, reference.Line, reference.Column, advice);
        }
    }

    private static void Cycles(string scope, IReadOnlyDictionary<string, Template> templates, ProblemList problems)
    {
        var done = new HashSet<string>();
        var path = new List<(string Name, Reference? Through)>();

        // Depth: at most the number of parameters (100) or variables (200).
        void Visit(string name, Reference? through)
        {
            var start = path.FindIndex(x => x.Name == name);
            if (start >= 0)
            {
                var loop = path.Skip(start).Select(x => $"{scope}.{x.Name}").Append($"{scope}.{name}");
                problems.Add("REFERENCE_CYCLE", $"The references go round: {string.Join(" → ", loop)}.", templates[name].Field,
                    through!.Line, through.Column, "Give one of them a value that refers to none of the others.");
                return;
            }

            if (done.Contains(name) || !templates.TryGetValue(name, out var template))
            {
                return;
            }

            path.Add((name, through));
            foreach (var reference in template.References.Where(x => x.Scope == scope))
            {
                Visit(reference.Name, reference);
            }

            path.RemoveAt(path.Count - 1);
            done.Add(name);
        }

        foreach (var name in templates.Keys)
        {
            Visit(name, null);
        }
    }
}
