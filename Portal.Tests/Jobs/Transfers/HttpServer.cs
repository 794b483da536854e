using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Transfers;

/// A web server on loopback, by HTTP and by HTTPS, whose folders have one habit each.
public sealed class HttpServer : IAsyncLifetime
{
    public const string Password = "s3cret pa\"ss";
    private WebApplication app = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-http-").FullName;

    public int Port => Ports[0];

    public int SecurePort => Ports[1];

    /// Cuts the next answer of /cut/ after that many bytes.
    public long? CutAt { get; set; }

    /// From where /cut/ was asked for the last time.
    public long? From { get; private set; }

    private int[] Ports => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(address => new Uri(address).Port)];

    /// Where /leads/ leads to, as scheme, host and port.
    public string LeadsTo { get; set; } = "";

    /// What came with the last request to /files/ to open it.
    public string? Shown { get; private set; }

    /// The same by a gate of the test's own.
    public IFiles By(OutgoingGate gate, string host, string habit, EndpointSecret? secret = null) =>
        new CurlEndpoints(new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)) { Outgoing = gate })
            .Open(new("http", host, Port, habit), secret);

    public IFiles Files(string habit = "", EndpointSecret? secret = null, string query = "") =>
        Endpoints(null).Open(new("http", "127.0.0.1", Port, habit, Query: query), secret);

    public IFiles Secure(string habit = "", bool trusted = true) =>
        Endpoints(trusted ? Path.Combine(Folder, "certificate.pem") : null).Open(new("https", "127.0.0.1", SecurePort, habit), null);

    private static CurlEndpoints Endpoints(string? authorities) =>
        new(new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), authorities) { Outgoing = Reach.Gate });

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = FtpsServer.Certificate();
        await File.WriteAllTextAsync(Path.Combine(Folder, "certificate.pem"), certificate);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(X509Certificate2.CreateFromPem(certificate, key)));
        });
        app = builder.Build();
        // The usual: sizes, times and ranges are told.
        app.MapMethods("/files/{**name}", ["GET", "HEAD"], (string name, HttpContext context) =>
        {
            Shown = context.Request.Headers.Authorization;
            return Results.File(At(name), enableRangeProcessing: true, lastModified: Changed(name));
        });
        app.MapMethods("/cut/{**name}", ["GET", "HEAD"], async (string name, HttpContext context) =>
        {
            if (CutAt is { } at) context.Response.Body = new Cutting(context, at);
            if (context.Request.Method == "GET") CutAt = null;
            From = context.Request.GetTypedHeaders().Range?.Ranges.Single().From;
            await Results.File(At(name), enableRangeProcessing: true, lastModified: Changed(name)).ExecuteAsync(context);
        });
        // No ranges: every answer is the whole file, cut as often as is wished.
        app.MapMethods("/whole/{**name}", ["GET", "HEAD"], async (string name, HttpContext context) =>
        {
            if (CutAt is { } at) context.Response.Body = new Cutting(context, at);
            if (context.Request.Method == "GET") CutAt = null;
            context.Request.Headers.Remove("Range");
            await Results.File(At(name), lastModified: Changed(name)).ExecuteAsync(context);
        });
        // No sizes, and no answer to HEAD.
        app.MapGet("/streamed/{**name}", (string name) =>
            Results.Stream(async body => await body.WriteAsync(await File.ReadAllBytesAsync(At(name)))));
        app.MapMethods("/guarded/{**name}", ["GET", "HEAD"], (string name, HttpContext context) =>
            context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("demo:" + Password))
                ? Results.File(At(name), enableRangeProcessing: true) : Results.StatusCode(401));
        app.MapMethods("/moved/{**name}", ["GET", "HEAD"], (string name) => Results.Redirect("/files/" + Uri.EscapeDataString(name)));
        app.MapMethods("/leads-out/{**name}", ["GET", "HEAD"], (string name) => Results.Redirect($"http://127.0.0.1:{Port}/files/{Uri.EscapeDataString(name)}"));
        app.MapMethods("/leads/{**name}", ["GET", "HEAD"], (string name, HttpContext context) =>
            Results.Redirect($"{LeadsTo}/files/{name}{context.Request.QueryString}"));
        app.MapMethods("/asked/{**name}", ["GET", "HEAD"], (string name, HttpContext context) =>
            Results.Text(name + context.Request.QueryString));
        app.MapMethods("/busy/{**name}", ["GET", "HEAD"], () => Results.StatusCode(503));
        await app.StartAsync();
    }

    public string At(string name) => Path.Combine(Folder, name);

    private DateTimeOffset? Changed(string name) => File.Exists(At(name)) ? File.GetLastWriteTimeUtc(At(name)) : null;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// Ends the connection in the middle of an answer.
    private sealed class Cutting(HttpContext context, long left) : MemoryStream
    {
        private readonly Stream body = context.Response.Body;
        private long left = left;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            await body.WriteAsync(buffer[..count], cancellationToken);
            await body.FlushAsync(cancellationToken);
            if ((left -= count) == 0) context.Abort();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);
    }
}
