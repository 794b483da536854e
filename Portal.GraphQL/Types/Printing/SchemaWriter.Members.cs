using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Members, arguments and descriptions.</content>
internal readonly partial struct SchemaWriter
{
    private void WriteBlock(IEnumerable<SchemaElement> members)
    {
        var isFirst = true;
        foreach (var member in members)
        {
            text.Append(isFirst ? " {\n" : "");
            WriteDescription(member.Description, "  ", isFirst);
            text.Append("  ");
            WriteMember(member);
            text.Append('\n');
            isFirst = false;
        }
        text.Append(isFirst ? "" : "}");
    }

    private void WriteMember(SchemaElement member)
    {
        switch (member)
        {
            case FieldDefinition field:
                text.Append(field.Name);
                WriteArguments(field.Arguments, "  ");
                text.Append(": ").Append(field.Type);
                WriteDeprecation(field.DeprecationReason);
                break;
            case InputElement input:
                text.Append(input.Name).Append(": ").Append(input.Type);
                if (DefaultOf(input) is { } value)
                {
                    text.Append(" = ").Append(value);
                }
                WriteDeprecation(input.DeprecationReason);
                break;
            case EnumValue item:
                text.Append(item.Name);
                WriteDeprecation(item.DeprecationReason);
                break;
        }
    }

    private string? DefaultOf(InputElement input) => !sorted ? input.DefaultText
        : input.HasDefault && Literals.FromValue(input.BareDefault, input.Type, sorted: true) is { } value ? Printer.Print(value)
        : null;

    // On one line if none is described.
    private void WriteArguments(ImmutableArray<ArgumentDefinition> arguments, string indentation)
    {
        if (arguments.IsEmpty)
        {
            return;
        }
        var isOneLine = arguments.All(argument => string.IsNullOrEmpty(argument.Description));
        var isFirst = true;
        text.Append('(');
        foreach (var argument in InOrder(arguments, argument => argument.Name))
        {
            if (isOneLine)
            {
                text.Append(isFirst ? "" : ", ");
            }
            else
            {
                text.Append('\n');
                WriteDescription(argument.Description, indentation + "  ", isFirst);
                text.Append(indentation).Append("  ");
            }
            WriteMember(argument);
            isFirst = false;
        }
        text.Append(isOneLine ? ")" : $"\n{indentation})");
    }

    private void WriteDeprecation(string? reason)
    {
        if (reason is null)
        {
            return;
        }
        text.Append(" @deprecated");
        if (reason != BuiltInDirectives.DefaultReason)
        {
            text.Append("(reason: ").Append(Printer.Print(new StringValueNode(reason))).Append(')');
        }
    }

    private void WriteDescription(string? description, string indentation = "", bool isFirst = true)
    {
        if (description is null)
        {
            return;
        }
        var lines = Printer.Print(new StringValueNode(description, CanBeBlock(description)));
        text.Append(isFirst || indentation.Length == 0 ? "" : "\n").Append(indentation);
        text.Append(lines.Replace("\n", "\n" + indentation, StringComparison.Ordinal)).Append('\n');
    }

    // Whether a block string gives it back: nothing that cannot be printed, nothing that would be taken for layout.
    private static bool CanBeBlock(string value)
    {
        if (value.Length == 0)
        {
            return true;
        }
        if (value.Any(c => c is < ' ' and not ('\n' or '\t' or > '\x0f')))
        {
            return false;
        }
        var lines = value.Split('\n');
        if (lines[0].AsSpan().Trim(" \t").IsEmpty || lines[^1].AsSpan().Trim(" \t").IsEmpty)
        {
            return false;
        }
        return lines.Length == 1 || !lines.All(line => line.AsSpan().Trim(" \t").IsEmpty || line[0] is ' ' or '\t');
    }
}
