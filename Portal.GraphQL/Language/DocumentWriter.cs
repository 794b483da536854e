using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Portal.GraphQL.Language;

/// <summary>
/// The canonical layout. This part holds the text, the indentation and the ways to write lists; the others have a
/// method for each kind of node.
/// </summary>
internal sealed partial class DocumentWriter
{
    private const int LongestLine = 80;
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat([0x22, 0x5C]).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    private readonly StringBuilder _text = new();
    private int _level;

    public override string ToString() => _text.ToString();

    private DocumentWriter Add(string text)
    {
        _text.Append(text);
        return this;
    }

    // Text with line breaks of its own: its further lines are indented like everything else here.
    private void AddLines(string text)
    {
        var rest = text.AsSpan();
        for (var end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n'))
        {
            _text.Append(rest[..end]);
            NewLine();
            rest = rest[(end + 1)..];
        }
        _text.Append(rest);
    }

    private void NewLine() => _text.Append('\n').Append(' ', 2 * _level);

    private void AddEach<T>(ImmutableArray<T> nodes, string separator)
        where T : Node
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            _text.Append(i == 0 ? "" : separator);
            Write(nodes[i]);
        }
    }

    // Between brackets, one to a line.
    private void AddBlock<T>(string open, ImmutableArray<T> nodes, string close)
        where T : Node
    {
        Add(open);
        _level++;
        foreach (var node in nodes)
        {
            NewLine();
            Write(node);
        }
        _level--;
        NewLine();
        Add(close);
    }

    private void AddBraces<T>(ImmutableArray<T> nodes)
        where T : Node
    {
        if (!nodes.IsEmpty)
        {
            Add(" ");
            AddBlock("{", nodes, "}");
        }
    }

    private void AddDirectives(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            Add(" ");
            Write(directive);
        }
    }

    private void AddDescription(StringValueNode? description)
    {
        if (description is not null)
        {
            Write(description);
            NewLine();
        }
    }

    private void AddQuoted(string value)
    {
        _text.Append('"');
        var rest = value.AsSpan();
        for (var next = rest.IndexOfAny(MustEscape); next >= 0; next = rest.IndexOfAny(MustEscape))
        {
            _text.Append(rest[..next]);
            _ = rest[next] switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                var other => _text.Append("\\u").Append(((int)other).ToString("X4")),
            };
            rest = rest[(next + 1)..];
        }
        _text.Append(rest).Append('"');
    }

    // As it would stand at the beginning of a line: to see how long it is, or whether it needs several.
    private static string Measure(Node node)
    {
        var writer = new DocumentWriter();
        writer.Write(node);
        return writer.ToString();
    }
}
