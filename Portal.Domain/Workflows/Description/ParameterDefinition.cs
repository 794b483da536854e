namespace Portal.Domain.Workflows.Description;

/// <summary>What kind of value a parameter takes.</summary>
public enum ParameterType
{
    /// <summary>A whole number, up to 2^53 either way (exact in every tool that counts in doubles).</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent (IEEE 754 double, finite).</summary>
    Number,

    /// <summary>Text, newlines included.</summary>
    Text,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>One of the options.</summary>
    Choice,
}

/// <summary>A parameter of a workflow: its form field, and what it takes.</summary>
/// <param name="Name">Name, <c>[A-Za-z][A-Za-z0-9_-]{0,62}</c>.</param>
/// <param name="Type">Kind of value.</param>
/// <param name="Title">For people; the name where none is given.</param>
/// <param name="Description">What it means.</param>
/// <param name="Unit">Unit shown behind the field (numbers).</param>
/// <param name="Default">Value when none is given, perhaps with expressions; null: it must be given.</param>
/// <param name="Minimum">Smallest value (numbers), itself allowed.</param>
/// <param name="Maximum">Largest value (numbers), itself allowed.</param>
/// <param name="Pattern">Regular expression that all of a text must match; of the kind that needs no backtracking.</param>
/// <param name="MaxLength">Most characters of a text; never above <see cref="ParameterCheck.MaximumLength"/>.</param>
/// <param name="Options">What a choice may be; empty for other types.</param>
/// <param name="Line">Line of its name in the file, from 1.</param>
/// <param name="Column">Column of its name.</param>
public sealed record ParameterDefinition(
    string Name, ParameterType Type, string Title, string? Description, string? Unit, Template? Default,
    double? Minimum, double? Maximum, string? Pattern, int? MaxLength, IReadOnlyList<string> Options, int Line, int Column)
{
    /// <summary>Whether a run must be given it.</summary>
    public bool Required => Default is null;

    /// <summary>
    /// The environment variable in which a step finds it: <c>PARAM_</c> and the name in upper case, dashes as
    /// underscores.
    /// </summary>
    public string Variable => Names.VariableOf(Name);
}
