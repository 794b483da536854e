using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Portal.GraphQL.Transport.Uploads;

namespace Portal.GraphQL.Transport.Http;

/// <summary>The parameters of a request, from its address or its body. GraphQL over HTTP, "Request".</summary>
internal sealed class RequestReading(TransportOptions options)
{
    private readonly MultipartReading _multipart = new(options);

    public async ValueTask<Outcome<Parameters>> ReadAsync(HttpRequest request, UploadedFiles files, CancellationToken cancel)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return ReadAddress(request.Query);
        }
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !Accepted.IsUtf8(type.Charset))
        {
            return BadMediaType;
        }
        var isForm = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        if (!isForm && !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return BadMediaType;
        }
        var most = isForm ? options.MaxUploadBytes : options.MaxBodyBytes;
        if (request.ContentLength > most)
        {
            return Refusal.Large(most);
        }
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }
        try
        {
            return isForm
                ? await _multipart.ReadAsync(request, type, files, cancel)
                : await ReadBodyAsync(request.Body, most, cancel);
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Refusal.Large(most)
                : Refusal.Bad("The body is broken.");
        }
    }

    private static Refusal BadMediaType => new(415, TransportCodes.BadMediaType,
        "Send application/json or multipart/form-data, in UTF-8.");

    private static async ValueTask<Outcome<Parameters>> ReadBodyAsync(Stream body, long most, CancellationToken cancel) =>
        await LimitedBytes.ReadAsync(body, most, cancel) is { } bytes ? Parse(bytes) : Refusal.Large(most);

    public static Outcome<Parameters> Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
            return Parameters.Of(json.RootElement);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return Refusal.Bad("The body is no JSON in UTF-8.");
        }
    }

    // Maps are JSON in the address, everything else is text.
    private static Outcome<Parameters> ReadAddress(IQueryCollection address)
    {
        var all = new JsonObject();
        foreach (var name in (string[])["query", "documentId", "operationName", "variables", "extensions"])
        {
            if (address[name] is { Count: > 1 })
            {
                return Refusal.Bad($"{name} is there more than once.");
            }
            if (address[name] is not [{ Length: > 0 } text])
            {
                continue;
            }
            try
            {
                all[name] = name is "variables" or "extensions" ? JsonNode.Parse(text) : text;
            }
            catch (JsonException)
            {
                return Refusal.Bad($"{name} is no JSON.");
            }
        }
        return Parse(JsonSerializer.SerializeToUtf8Bytes(all));
    }
}
