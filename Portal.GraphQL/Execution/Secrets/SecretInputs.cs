using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Arguments and input fields that take secrets: those with the directive <c>@secret</c>. Their values come as variables
/// alone, as the text of a document is kept, known by its hash, and shown in errors and logs.
/// </summary>
public static class SecretInputs
{
    /// <summary>The name of the directive, without <c>@</c>.</summary>
    public const string Directive = "secret";

    /// <summary>The directive, for schemas that have such inputs. Specification, section 3.13.</summary>
    public static DirectiveDefinitionNode Definition { get; } = new(
        new StringValueNode("Takes a secret: its value comes as a variable, never in the text of a document."),
        new NameNode(Directive), [], IsRepeatable: false,
        [new NameNode("ARGUMENT_DEFINITION"), new NameNode("INPUT_FIELD_DEFINITION")]);

    internal static bool Takes(InputElement input) => input.FindDirective(Directive) is not null;

    // Whether documents have to be looked through at all.
    internal static bool AreIn(Schema schema) => schema.FindDirective(Directive) is not null;
}
