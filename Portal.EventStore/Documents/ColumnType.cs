using System.Collections;
using System.Globalization;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>A PostgreSQL type that a column may have: how values are handed over, and how they travel in a cursor.</summary>
internal sealed record ColumnType(string Sql, NpgsqlDbType Db, Func<object, object> Convert, Func<string, object> Parse)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static readonly ColumnType Text = new("text", NpgsqlDbType.Text, Words, text => text);

    private static readonly Dictionary<string, ColumnType> All = new ColumnType[]
    {
        Text,
        new("uuid", NpgsqlDbType.Uuid, value => value is Guid id ? id : Guid.Parse(Words(value)), text => Guid.Parse(text)),
        new("bigint", NpgsqlDbType.Bigint, value => System.Convert.ToInt64(value, Plain), text => long.Parse(text, Plain)),
        new("timestamptz", NpgsqlDbType.TimestampTz, Moment,
            text => DateTime.Parse(text, Plain, DateTimeStyles.RoundtripKind).ToUniversalTime()),
        new("boolean", NpgsqlDbType.Boolean, value => (bool)value, text => bool.Parse(text)),
        new("double precision", NpgsqlDbType.Double, value => System.Convert.ToDouble(value, Plain), text => double.Parse(text, Plain)),
        new("text[]", NpgsqlDbType.Array | NpgsqlDbType.Text,
            value => ((IEnumerable)value).Cast<object>().Select(Words).ToArray(), _ => throw new FormatException()),
    }.ToDictionary(type => type.Sql);

    public static ColumnType Of(string sql) => All.TryGetValue(sql, out var type)
        ? type
        : throw new InvalidOperationException($"A column cannot be of type {sql}, only of {string.Join(", ", All.Keys)}.");

    /// <summary>As PostgreSQL gets it; a missing value as <see cref="DBNull"/>.</summary>
    /// <exception cref="DocumentQueryException">The value does not fit.</exception>
    public object Value(object? value)
    {
        try
        {
            return value is null ? DBNull.Value : Convert(value);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new DocumentQueryException($"'{value}' is not a value of type {Sql}.");
        }
    }

    /// <summary>Values of <see cref="Value"/> as PostgreSQL gets them all at once.</summary>
    public Array Many(IReadOnlyList<object> values) => Sql switch
    {
        "uuid" => Of<Guid>(values),
        "bigint" => Of<long>(values),
        "timestamptz" => Of<DateTime>(values),
        "boolean" => Of<bool>(values),
        "double precision" => Of<double>(values),
        _ => values.Select(value => value as string).ToArray(),
    };

    private static T?[] Of<T>(IReadOnlyList<object> values) where T : struct =>
        [.. values.Select(value => value is T one ? one : (T?)null)];

    /// <summary>As it stands in a cursor; the opposite of <see cref="Parse"/>.</summary>
    public static string Write(object value) => value switch
    {
        DateTime time => time.ToString("O", Plain),
        double number => number.ToString("R", Plain),
        _ => Words(value),
    };

    // Enums and ids of the domain are stored as they write themselves.
    private static string Words(object value) =>
        value is string text ? text : System.Convert.ToString(value, Plain) ?? "";

    private static object Moment(object value) => value switch
    {
        DateTimeOffset offset => offset.UtcDateTime,
        DateTime time => time.ToUniversalTime(),
        _ => DateTimeOffset.Parse(Words(value), Plain).UtcDateTime,
    };
}
