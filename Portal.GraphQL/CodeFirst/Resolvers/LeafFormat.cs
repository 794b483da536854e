using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>How a leaf of a known class is written straight out of a property. Specification, section 6.4.3.</summary>
internal sealed class LeafFormat
{
    private static readonly Dictionary<Type, MethodInfo> Writers = typeof(LeafFormat)
        .GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        .Where(method => method.Name == nameof(Put))
        .ToDictionary(method => method.GetParameters()[1].ParameterType);

    private readonly Type _bare;
    private readonly byte[]?[]? _names;

    private LeafFormat(Type bare, byte[]?[]? names) => (_bare, _names) = (bare, names);

    public static LeafFormat? Of(Type bare)
    {
        if (!bare.IsEnum)
        {
            return Writers.ContainsKey(bare) ? new LeafFormat(bare, null) : null;
        }
        var values = bare.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(value => value.GetCustomAttribute<IgnoreAttribute>() is null)
            .Select(value => (Number: Convert.ToDecimal(value.GetRawConstantValue(), CultureInfo.InvariantCulture), value))
            .ToList();
        if (values.Any(value => value.Number is < 0 or > 255))
        {
            return null;
        }
        var names = new byte[]?[(int)values.Select(value => value.Number).DefaultIfEmpty(-1).Max() + 1];
        foreach (var (number, value) in values)
        {
            names[(int)number] ??= Encoding.UTF8.GetBytes($"\"{Names.OfEnumValue(value)}\"");
        }
        return new LeafFormat(bare, names);
    }

    // (parent, output) => { var value = read(parent); if (value is null) return false; Put(output, value); return true; }
    public Lazy<LeafWriter> Compile(Expression<Func<object, object?>> read)
    {
        var (parent, output) = (read.Parameters[0], Expression.Parameter(typeof(JsonOutput), "output"));
        // Without the box around the value.
        var source = read.Body is UnaryExpression { NodeType: ExpressionType.Convert } box ? box.Operand : read.Body;
        var value = Expression.Variable(source.Type, "value");
        var bare = Nullable.GetUnderlyingType(source.Type) is null ? value : (Expression)Expression.Property(value, "Value");
        Expression put = _names is null
            ? Expression.Call(Writers[_bare], output, bare)
            : Expression.Call(
                ((Action<JsonOutput, byte[]?[], int, Type>)PutName).Method,
                output, Expression.Constant(_names), Expression.Convert(bare, typeof(int)),
                Expression.Constant(_bare, typeof(Type)));
        var body = Expression.Block(put, Expression.Constant(true));
        var guarded = source.Type.IsValueType && Nullable.GetUnderlyingType(source.Type) is null
            ? (Expression)body
            : Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, source.Type)), Expression.Constant(false), body);
        var lambda = Expression.Lambda<LeafWriter>(
            Expression.Block([value], Expression.Assign(value, source), guarded), parent, output);
        return new(lambda.Compile);
    }

    private static void PutName(JsonOutput output, byte[]?[] names, int value, Type type) =>
        output.WriteRaw((uint)value < (uint)names.Length && names[value] is { } name ? name : throw new LeafException(
            $"Enum \"{Names.OfClass(type)}\" cannot represent value: {value.ToString(CultureInfo.InvariantCulture)}"));

    private static void Put(JsonOutput output, string value) => output.WriteString(value);

    private static void Put(JsonOutput output, bool value) => output.WriteBoolean(value);

    private static void Put(JsonOutput output, int value) => output.WriteNumber((long)value);

    private static void Put(JsonOutput output, short value) => output.WriteNumber((long)value);

    private static void Put(JsonOutput output, byte value) => output.WriteNumber((long)value);

    private static void Put(JsonOutput output, long value) => output.WriteNumber(value);

    private static void Put(JsonOutput output, decimal value) => output.WriteNumber(value);

    private static void Put(JsonOutput output, double value)
    {
        if (!double.IsFinite(value))
        {
            // Refused, with the words of the scalar.
            BuiltInScalars.Float.Codec.Write(output, value);
        }
        output.WriteNumber(value);
    }

    private static void Put(JsonOutput output, Guid value) => PutText(output, value, "D");

    private static void Put(JsonOutput output, DateOnly value) => PutText(output, value, "yyyy-MM-dd");

    private static void Put(JsonOutput output, Uri value) => output.WriteString(value.OriginalString);

    private static void Put(JsonOutput output, TimeSpan value) => output.WriteString(System.Xml.XmlConvert.ToString(value));

    private static void Put(JsonOutput output, DateTimeOffset value)
    {
        var room = output.GetSpan(48);
        room[0] = (byte)'"';
        var count = TextScalars.FormatTime(value, room[1..]);
        room[count + 1] = (byte)'"';
        output.Advance(count + 2);
    }

    private static void PutText<T>(JsonOutput output, T value, string format)
        where T : IUtf8SpanFormattable
    {
        var room = output.GetSpan(48);
        room[0] = (byte)'"';
        value.TryFormat(room[1..], out var count, format, CultureInfo.InvariantCulture);
        room[count + 1] = (byte)'"';
        output.Advance(count + 2);
    }
}
