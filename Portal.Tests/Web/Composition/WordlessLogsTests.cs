using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Web.Composition;

/// <summary>What open pages send is in no log, whatever the operator asks for.</summary>
public sealed class WordlessLogsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task No_level_brings_the_messages_of_pages_into_a_log_and_others_are_heeded()
    {
        const string hub = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";
        await using var portal = await TestPortal.StartAsync(postgres, TestContext.Current.CancellationToken, "--Portal:Roles=web",
            "--Logging:LogLevel:Microsoft.AspNetCore.SignalR=Trace", $"--Logging:Console:LogLevel:{hub}=Trace",
            "--Logging:LogLevel:Loud=Trace");
        var loggers = portal.Services.GetRequiredService<ILoggerFactory>();
        foreach (var name in (string[])[hub, "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Http.Connections.Internal.Transports.WebSocketsTransport"])
        {
            Assert.False(loggers.CreateLogger(name).IsEnabled(LogLevel.Debug), name);
            Assert.True(loggers.CreateLogger(name).IsEnabled(LogLevel.Warning), name);
        }
        Assert.True(loggers.CreateLogger("Loud").IsEnabled(LogLevel.Trace));
    }
}
