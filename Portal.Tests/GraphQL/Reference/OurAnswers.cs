using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>What this engine answers to the questions of npm/reference.js, in the same words.</summary>
public sealed class OurAnswers
{
    private readonly Dictionary<string, Schema> _schemas = [];
    private readonly ExecutionText _execution = new();

    /// <summary>The answer to a case.</summary>
    public Dictionary<string, string> To(ReferenceCase asked)
    {
        var answer = new Dictionary<string, string>();
        switch (asked.Kind)
        {
            case "syntax":
                Parse(answer, asked.Document!);
                break;
            case "validate":
                if (Parse(answer, asked.Document!) is { } document)
                {
                    answer["errors"] = string.Join('\n', DocumentValidator.Validate(SchemaOf(asked.Schema!), document)
                        .Select(error => $"{error.Rule}: {error}"));
                }
                break;
            case "schema":
                AnswerSchema(answer, asked.Schema!);
                break;
            case "execute":
                if (Parse(answer, asked.Document!) is not null)
                {
                    answer["result"] = _execution.Run(asked);
                }
                break;
            default:
                throw new ArgumentException($"Nobody answers {asked.Kind}.", nameof(asked));
        }
        return answer;
    }

    /// <summary>The schema of a text, made once.</summary>
    public Schema SchemaOf(string sdl)
    {
        if (!_schemas.TryGetValue(sdl, out var schema))
        {
            _schemas[sdl] = schema = Schema.FromSdl(sdl);
        }
        return schema;
    }

    private static DocumentNode? Parse(Dictionary<string, string> answer, string text)
    {
        if (Parser.TryParse(text, out var document, out var error))
        {
            answer["parsed"] = Printer.Print(document);
        }
        else
        {
            answer["syntax"] = error.ToString();
        }
        return document;
    }

    private static void AnswerSchema(Dictionary<string, string> answer, string sdl)
    {
        if (Parse(answer, sdl) is not { } document)
        {
            return;
        }
        answer["definitions"] = string.Join('\n', SdlValidator.Validate(document));
        if (answer["definitions"].Length > 0)
        {
            return;
        }
        Schema schema;
        try
        {
            schema = new SchemaBuilder().Add(document).BuildUnvalidated();
            answer["built"] = "yes";
        }
        catch (SchemaException refused)
        {
            answer["built"] = $"refused: {refused.Errors[0]}";
            return;
        }
        answer["rules"] = string.Join('\n', SchemaValidator.Validate(schema));
        answer["printed"] = SchemaPrinter.Print(schema);
        answer["sorted"] = SchemaPrinter.Print(schema, sorted: true);
        if (answer["rules"].Length == 0)
        {
            answer["introspection"] = IntrospectionText.Of(schema);
        }
    }
}
