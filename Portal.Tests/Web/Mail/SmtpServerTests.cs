using MailKit.Security;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;
using Portal.Web.Edge.Tls;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Mail;

/// <summary>Servers that are not told anything.</summary>
public sealed class SmtpServerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-smtp-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task One_whose_certificate_nobody_vouches_for(string tls)
    {
        var (certificate, key) = DevelopmentCertificate.In(folder, TimeProvider.System.GetUtcNow());
        await using var mails = await MailHost.StartAsync(Cancel, "--tls", tls, "--certificate", certificate, "--key", key);
        await Assert.ThrowsAsync<SslHandshakeException>(() => SendAsync(mails, tls));
        Assert.Empty(mails.Mails);
    }

    [Fact]
    public async Task One_without_STARTTLS_where_that_is_asked_for()
    {
        await using var mails = await MailHost.StartAsync(Cancel);
        await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(mails, "starttls"));
        Assert.Empty(mails.Mails);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task SendAsync(MailHost mails, string tls)
    {
        var settings = new MailSettings { Host = "localhost", Port = mails.Port, Tls = tls, From = "portal@example.org" };
        var server = new SmtpServer(settings.Server(), PublicAddress.Parse("https://portal.test"), TimeProvider.System);
        return server.SendAsync(Guid.CreateVersion7(), new("grace@example.org", "Hello", "Hello"), Cancel);
    }
}
