using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Portal.Domain.Workflows.Description.Yaml;

/// <summary>
/// YamlDotNet's parser, whose every failure carries a place and none is anything but a <see cref="YamlException"/>.
/// </summary>
internal sealed class CarefulParser : IParser
{
    private readonly Scanner scanner;
    private readonly Parser parser;

    public CarefulParser(string text)
    {
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
    }

    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException placeless) when (placeless.Start.Equals(Mark.Empty))
        {
            throw new SyntaxErrorException(scanner.CurrentPosition, scanner.CurrentPosition, placeless.Message);
        }
        catch (Exception unforeseen)
            when (unforeseen is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // Some broken texts trip the scanner itself, as a tab after the beginning of a plain text in braces.
            throw new SyntaxErrorException(scanner.CurrentPosition, scanner.CurrentPosition, unforeseen.Message);
        }
    }
}
