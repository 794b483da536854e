using System.Globalization;
using System.Text.Json;

namespace Portal.EventStore;

/// <summary>A seal as a file, in every place that seals are written to: <c>seal-NUMBER.json</c>, JSON.</summary>
public static class SealFile
{
    /// <summary>What the file of a seal is called: names sort as numbers do.</summary>
    public static string Name(long number) => $"seal-{number.ToString("d12", CultureInfo.InvariantCulture)}.json";

    /// <summary>Its bytes, UTF-8.</summary>
    public static byte[] Write(KeptSeal seal) => JsonSerializer.SerializeToUtf8Bytes(seal, JsonSerializerOptions.Web);

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">What it is called, for who has to be told that it holds none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FormatException">It holds no seal.</exception>
    public static async Task<KeptSeal> ReadAsync(Stream content, string name, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<KeptSeal>(content, JsonSerializerOptions.Web, cancel)
                is { Text: not null, Signature: not null, Leaves: not null } seal
                ? seal : throw new FormatException($"{name} holds no seal.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{name} holds no seal: {fault.Message}", fault);
        }
    }
}
