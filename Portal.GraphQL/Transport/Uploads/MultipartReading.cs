using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Portal.GraphQL.Transport.Http;

namespace Portal.GraphQL.Transport.Uploads;

/// <summary>
/// Requests with files: <c>operations</c>, then <c>map</c>, then the files. GraphQL multipart request specification;
/// RFC 7578.
/// </summary>
internal sealed class MultipartReading(TransportOptions options)
{
    private const int LongestBoundary = 70;

    public async ValueTask<Outcome<Parameters>> ReadAsync(
        HttpRequest request, MediaTypeHeaderValue type, UploadedFiles files, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            return Refusal.Bad("The content type has no boundary, or one that is too long.");
        }
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = options.MaxUploadBytes };
            return await ReadAsync(reader, files, cancel);
        }
        catch (Exception bad) when (bad is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return Refusal.Bad("The parts of the body are broken.");
        }
    }

    private async ValueTask<Outcome<Parameters>> ReadAsync(MultipartReader reader, UploadedFiles files, CancellationToken cancel)
    {
        var (operations, refusal) = await ReadPartAsync(reader, "operations", cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        var (parameters, wrong) = RequestReading.Parse(operations!);
        if (wrong is not null)
        {
            return wrong;
        }
        (var text, refusal) = await ReadPartAsync(reader, "map", cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        if (ReadMap(text!) is not { } map)
        {
            return Refusal.Bad("map must be an object of lists of paths.");
        }
        return map.Count > options.MaxFiles
            ? new Refusal(413, TransportCodes.TooLarge, $"At most {options.MaxFiles} files may be sent.")
            : await FillAsync(reader, parameters!, map, files, cancel);
    }

    private static async ValueTask<Outcome<Parameters>> FillAsync(
        MultipartReader reader,
        Parameters parameters,
        Dictionary<string, string[]> map,
        UploadedFiles files,
        CancellationToken cancel)
    {
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            if (NameOf(part, out var fileName) is not { } key || !map.Remove(key, out var paths))
            {
                return Refusal.Bad("A file is not in the map.");
            }
            var file = files.Add(fileName ?? key, part.ContentType);
            await file.FillAsync(part.Body, cancel);
            if (!paths.All(path => UploadPaths.TrySet(parameters.Variables, path, file)))
            {
                return Refusal.Bad("A path of the map leads to no null in variables.");
            }
        }
        return map.Count > 0 ? Refusal.Bad("A file of the map is missing.") : parameters;
    }

    private async ValueTask<Outcome<byte[]>> ReadPartAsync(MultipartReader reader, string name, CancellationToken cancel)
    {
        if (await reader.ReadNextSectionAsync(cancel) is not { } part || NameOf(part, out _) != name)
        {
            return Refusal.Bad("The parts must be operations, then map, then the files.");
        }
        return await LimitedBytes.ReadAsync(part.Body, options.MaxBodyBytes, cancel) is { } bytes
            ? bytes.ToArray()
            : Refusal.Large(options.MaxBodyBytes);
    }

    private static string? NameOf(MultipartSection part, out string? fileName)
    {
        fileName = null;
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
        {
            return null;
        }
        fileName = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return HeaderUtilities.RemoveQuotes(disposition.Name).Value;
    }

    private static Dictionary<string, string[]>? ReadMap(byte[] text)
    {
        try
        {
            var map = JsonSerializer.Deserialize<Dictionary<string, string[]>>(text);
            return map?.Values.All(paths => paths is { Length: > 0 } && paths.All(path => path is not null)) == true ? map : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
