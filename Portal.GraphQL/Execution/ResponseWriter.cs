using System.Globalization;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>Whole answers, keys in the order of the reference: errors, data, extensions. Specification, section 7.1.</summary>
internal static class ResponseWriter
{
    // The output holds a brace and the data; with errors it is written anew behind them.
    public static ExecutionResult Finish(JsonOutput output, IReadOnlyList<GraphQLError>? errors, double? cost)
    {
        if (errors is { Count: > 0 })
        {
            var target = new JsonOutput(output.Length + 256);
            WriteErrors(target, errors);
            target.WriteRaw((byte)',');
            target.WriteRaw(output.Written.Span[1..]);
            output.Dispose();
            output = target;
        }
        if (cost is { } units)
        {
            output.WriteRaw(",\"extensions\":{\"cost\":"u8);
            output.WriteNumber(units);
            output.WriteRaw((byte)'}');
        }
        output.WriteRaw((byte)'}');
        return new ExecutionResult(ResultKind.Answer, output, errors);
    }

    public static void WriteErrors(JsonOutput output, IReadOnlyList<GraphQLError> errors)
    {
        output.WriteRaw("{\"errors\":["u8);
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0)
            {
                output.WriteRaw((byte)',');
            }
            Write(output, errors[i]);
        }
        output.WriteRaw((byte)']');
    }

    private static void Write(JsonOutput output, GraphQLError error)
    {
        output.WriteRaw("{\"message\":"u8);
        output.WriteString(error.Message);
        for (var i = 0; i < error.Locations.Length; i++)
        {
            output.WriteRaw(i == 0 ? ",\"locations\":["u8 : ","u8);
            output.WriteRaw("{\"line\":"u8);
            output.WriteNumber((long)error.Locations[i].Line);
            output.WriteRaw(",\"column\":"u8);
            output.WriteNumber((long)error.Locations[i].Column);
            output.WriteRaw(i == error.Locations.Length - 1 ? "}]"u8 : "}"u8);
        }
        for (var i = 0; i < error.Path.Length; i++)
        {
            output.WriteRaw(i == 0 ? ",\"path\":["u8 : ","u8);
            if (error.Path[i] is int index)
            {
                output.WriteNumber((long)index);
            }
            else
            {
                output.WriteString(Convert.ToString(error.Path[i], CultureInfo.InvariantCulture));
            }
        }
        output.WriteRaw(error.Path.IsEmpty ? ""u8 : "]"u8);
        if (error.Extensions is { Count: > 0 } extensions)
        {
            output.WriteRaw(",\"extensions\":"u8);
            output.WriteValue(extensions);
        }
        output.WriteRaw((byte)'}');
    }
}
