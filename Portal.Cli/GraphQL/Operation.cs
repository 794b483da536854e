using System.Collections.Concurrent;

namespace Portal.Cli.GraphQL;

/// <summary>One operation of a document that lies beside the commands that send it, as <c>NAME.graphql</c>. It has one field at
/// its root, and that is its answer.</summary>
/// <param name="Document">The document's name.</param>
/// <param name="Name">The operation's name.</param>
public sealed record Operation(string Document, string Name)
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>The document, with all its operations, and the fragment of refusals where it has what may be refused.</summary>
    public string Text => Texts.GetOrAdd(Document, document => Read(document) is var text
        && text.Contains("...Why", StringComparison.Ordinal) ? $"{text}\n{Read("Why")}" : text);

    private static string Read(string document)
    {
        using var reader = new StreamReader(typeof(Operation).Assembly.GetManifestResourceStream($"{document}.graphql")!);
        return reader.ReadToEnd();
    }
}
