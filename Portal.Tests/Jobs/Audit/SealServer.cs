using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Jobs.Audit;

/// <summary>A server on the loopback that takes files by PUT, where there is none yet. It asks for a bearer token, or for a signature
/// of Amazon's kind (Signature Version 4), which it computes anew.</summary>
internal sealed class SealServer : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE", Secret = "s3cr3t", Token = "t0ken";

    private readonly WebApplication app;

    private SealServer(WebApplication app) => this.app = app;

    /// <summary>What lies there, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Every PUT that was taken, in order.</summary>
    public ConcurrentQueue<string> Puts { get; } = new();

    /// <summary>Whether it answers 503 to everything.</summary>
    public bool Down { get; set; }

    /// <summary>Whether it asks for a token or a signature for reading, too.</summary>
    public bool Closed { get; set; }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => app.Urls.First();

    public static async Task<SealServer> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = new SealServer(builder.Build());
        server.app.Urls.Add("http://127.0.0.1:0");
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(cancel);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (path, bytes) = (context.Request.Path.Value!, body.ToArray());
        context.Response.StatusCode = Down ? 503 : !Signed(context.Request, bytes) ? 403 : Answer(context.Request, path, bytes);
        if (context.Response.StatusCode == 200 && context.Request.Method == "GET") await context.Response.Body.WriteAsync(Files[path]);
    }

    private int Answer(HttpRequest request, string path, byte[] bytes)
    {
        if (request.Method != "PUT") return Files.ContainsKey(path) ? 200 : 404;
        if (request.Headers.IfNoneMatch != "*") return 428;
        if (!Files.TryAdd(path, bytes)) return 412;
        Puts.Enqueue(path);
        return 200;
    }

    private bool Signed(HttpRequest request, byte[] body)
    {
        var shown = request.Headers.Authorization.ToString();
        if ((request.Method == "GET" && !Closed) || shown == $"Bearer {Token}") return true;
        if (!shown.StartsWith("AWS4-", StringComparison.Ordinal)) return false;
        // AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/s3/aws4_request, SignedHeaders=a;b, Signature=hex
        var parts = shown.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        if (!parts.TryGetValue("Credential", out var credential)) return false;
        var scope = credential[(credential.IndexOf('/') + 1)..];
        var hash = Hex(SHA256.HashData(body));
        var canonical = string.Join('\n', request.Method, request.Path.ToUriComponent(), request.QueryString.Value?.TrimStart('?') ?? "",
            string.Concat(parts["SignedHeaders"].Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n")),
            parts["SignedHeaders"], hash);
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{Secret}"),
            (before, part) => HMACSHA256.HashData(before, Encoding.UTF8.GetBytes(part)));
        return credential.StartsWith($"{AccessKey}/", StringComparison.Ordinal) && request.Headers["x-amz-content-sha256"] == hash
            && parts["Signature"] == Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
