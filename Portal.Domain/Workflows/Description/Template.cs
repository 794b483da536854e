namespace Portal.Domain.Workflows.Description;

/// <summary>A value of the file: text, and references to what is known only when a run starts.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Parts">Pieces in their order.</param>
/// <param name="Field">Its path in the file, as <c>inputs[0].from</c>.</param>
/// <param name="Line">Line where the value begins, from 1.</param>
/// <param name="Column">Column where the value begins.</param>
public sealed record Template(string Text, IReadOnlyList<TemplatePart> Parts, string Field, int Line, int Column)
{
    /// <summary>Whether it is known already: no references.</summary>
    public bool IsLiteral => Parts.All(x => x.Reference is null);

    /// <summary>What it refers to.</summary>
    public IEnumerable<Reference> References => Parts.Select(x => x.Reference).OfType<Reference>();

    /// <summary>The text with every reference replaced.</summary>
    public string Replace(Func<Reference, string> value) =>
        string.Concat(Parts.Select(x => x.Reference is { } reference ? value(reference) : x.Literal));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A piece of a template: text, or a reference.</summary>
/// <param name="Literal">The text; empty for a reference.</param>
/// <param name="Reference">The reference; null for text.</param>
public sealed record TemplatePart(string Literal, Reference? Reference);

/// <summary>A reference, written <c>${{ scope.name }}</c>.</summary>
/// <param name="Scope"><c>parameters</c>, <c>run</c> or <c>environment</c>.</param>
/// <param name="Name">The name within.</param>
/// <param name="Line">Line of its <c>${{</c>, from 1.</param>
/// <param name="Column">Column of its <c>${{</c>.</param>
public sealed record Reference(string Scope, string Name, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Scope}.{Name}";
}
