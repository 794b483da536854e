using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Runs.Crates;
using Portal.Web.Composition;

namespace Portal.Web.RunFiles;

/// <summary>Sends a run as a zip file, while it is made: an RO-Crate with its events and their proof.</summary>
public sealed class CrateWriter(ExportRunHandler export, OpenOutputHandler outputs, ILogger<CrateWriter> logger)
{
    /// <summary>The largest result that is packed, in bytes; larger ones are referred to.</summary>
    public const long LargestResult = 256L << 20;

    /// <summary>Most bytes of results in a crate.</summary>
    public const long MostResults = 2L << 30;

    /// <summary>Answers with a crate.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who takes it.</param>
    /// <param name="draft">The run.</param>
    /// <param name="results">Whether results of reasonable size stand in it.</param>
    public async Task SendAsync(HttpContext context, Caller caller, CrateDraft draft, bool results)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(draft);
        var cancel = context.RequestAborted;
        var headers = context.Response.GetTypedHeaders();
        headers.ContentType = new("application/zip");
        headers.CacheControl = new() { NoStore = true };
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileTypes.SafeName($"{draft.Source.Request.Name}-{draft.Source.Request.RunId}.crate.zip"));
        headers.ContentDisposition = disposition;
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Boxed;
        // The end of each entry, some bytes, is written without waiting: .NET's zip knows no other way.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } control) control.AllowSynchronousIO = true;
        await using var zip = await ZipArchive.CreateAsync(
            context.Response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var packed = new Dictionary<int, CrateFile>();
        if (results && !await PackAsync(zip, caller, draft, packed, cancel))
        {
            // Half a file that looks whole would be worse than none.
            context.Abort();
            return;
        }
        var ended = await export.EndAsync(caller, draft, packed, cancel);
        if (!ended.Ok)
        {
            logger.LogWarning("A crate could not be ended: {Problem}", ended.Problems[0].Message);
            context.Abort();
            return;
        }
        foreach (var entry in ended.Value)
        {
            await using var content = await OpenAsync(zip, entry.Path, draft, cancel);
            await content.WriteAsync(entry.Bytes, cancel);
        }
    }

    // Results are taken from where they lie, and are what arrived there: else nothing is sent.
    private async Task<bool> PackAsync(
        ZipArchive zip, Caller caller, CrateDraft draft, Dictionary<int, CrateFile> packed, CancellationToken cancel)
    {
        var left = MostResults;
        foreach (var (index, name, size, sha256) in draft.Results)
        {
            if (size > LargestResult || size > left) continue;
            var opened = await outputs.HandleAsync(caller, draft.Source.Request.RunId, index, cancel);
            if (!opened.Ok)
            {
                logger.LogWarning("A result is not packed: {Problem}", opened.Problems[0].Message);
                continue;
            }
            await using var source = opened.Value.Content;
            var path = $"results/{index}/{FileTypes.SafeName(name)}";
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var target = await OpenAsync(zip, path, draft, cancel))
            {
                var buffer = new byte[1 << 16];
                for (var read = 0; (read = await source.ReadAsync(buffer, cancel)) > 0;)
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
            }
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
            {
                logger.LogWarning("Result {Index} of run {Run} is not what arrived: no crate with it is made.",
                    index, draft.Source.Request.RunId);
                return false;
            }
            packed[index] = new(path, size, sha256);
            left -= size;
        }
        return true;
    }

    private static Task<Stream> OpenAsync(ZipArchive zip, string path, CrateDraft draft, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = draft.Source.At;
        return entry.OpenAsync(cancel);
    }
}
