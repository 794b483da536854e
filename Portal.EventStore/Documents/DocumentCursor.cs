using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Portal.EventStore;

/// <summary>A place in a sorted list: the value sorted by and the id. Opaque to those who carry it; it names its order, so
/// that it cannot be used with another one.</summary>
internal sealed record DocumentCursor(string? OrderBy, bool Descending, string? Value, string Id)
{
    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new[] { OrderBy, Descending ? "desc" : "asc", Value, Id }));

    /// <exception cref="DocumentQueryException">Not a cursor of this order.</exception>
    public static DocumentCursor Read(string text, DocumentQuery query, ColumnType? type)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string?[]>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            if (parts is [var orderBy, var direction, var value, { } id]
                && orderBy == query.OrderBy && direction == (query.Descending ? "desc" : "asc"))
            {
                if (value is not null)
                    type?.Parse(value);
                return new(orderBy, query.Descending, value, id);
            }
        }
        catch (Exception error) when (error is FormatException or JsonException or OverflowException)
        {
            throw new DocumentQueryException("The cursor cannot be read.");
        }
        throw new DocumentQueryException("The cursor belongs to a list of another order.");
    }
}
