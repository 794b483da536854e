using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Portal.GraphQL.Types;

/// <content>Values whose type is known only as they are written.</content>
public sealed partial class JsonOutput
{
    /// <summary>Writes what <see cref="ScalarCodec.Serialize"/> gives: dictionaries, lists and what they hold.</summary>
    /// <param name="value">Null, bool, numbers, strings, dictionaries by string, lists; anything else as its text.</param>
    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                WriteNull();
                break;
            case string text:
                WriteString(text);
                break;
            case bool truth:
                WriteBoolean(truth);
                break;
            case int or long or short or byte or sbyte or ushort or uint:
                WriteNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal exact:
                WriteNumber(exact);
                break;
            case double or float when double.IsFinite(Numbers.Of(value)):
                WriteNumber(Numbers.Of(value));
                break;
            case BigInteger or ulong:
                WriteRaw(Encoding.ASCII.GetBytes(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)));
                break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                WriteMap(map);
                break;
            case IEnumerable items:
                WriteItems(items);
                break;
            default:
                WriteString(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteMap(IEnumerable<KeyValuePair<string, object?>> map)
    {
        var separator = (byte)'{';
        foreach (var (key, value) in map)
        {
            WriteRaw(separator);
            WriteString(key);
            WriteRaw((byte)':');
            WriteValue(value);
            separator = (byte)',';
        }
        WriteRaw(separator == '{' ? "{}"u8 : "}"u8);
    }

    private void WriteItems(IEnumerable items)
    {
        var separator = (byte)'[';
        foreach (var item in items)
        {
            WriteRaw(separator);
            WriteValue(item);
            separator = (byte)',';
        }
        WriteRaw(separator == '[' ? "[]"u8 : "]"u8);
    }
}
