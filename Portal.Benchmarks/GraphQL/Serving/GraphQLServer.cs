using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;
using Portal.GraphQL.Validation;

namespace Portal.Benchmarks.GraphQL.Serving;

/// <summary>The engine behind Kestrel, as a process of its own: what the servers of others are measured beside.</summary>
public static class GraphQLServer
{
    /// <summary>The word that makes a server of this program.</summary>
    public const string Command = "serve-graphql";

    /// <summary>Writes its address to standard output, and serves until its standard input ends or a signal says so.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddSingleton(ServedData.Create());
        await using var app = builder.Build();
        app.MapGraphQL("/graphql", new(ServedSchema.Create(), new()
        {
            Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document).Select(error =>
                new GraphQLError(error.Message) { Locations = error.Locations }.WithCode(ErrorCodes.Invalid))],
        }));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        // Not by Console.In, which blocks its reader.
        _ = Console.OpenStandardInput().CopyToAsync(Stream.Null).ContinueWith(
            _ => app.Lifetime.StopApplication(), TaskScheduler.Default);
        await app.WaitForShutdownAsync();
    }
}
