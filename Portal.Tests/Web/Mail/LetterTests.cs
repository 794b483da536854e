using MimeKit;
using Portal.Web.Composition;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Mail;

/// <summary>What a mail is made of, with names and addresses of people who mean no good.</summary>
public sealed class LetterTests
{
    private static readonly PublicAddress Here = PublicAddress.Parse("https://portal.example.org");

    private static readonly SmtpServer Server = new(
        new MailSettings { Host = "localhost", From = "Portal <portal@example.org>" }.Server(), Here, TimeProvider.System);

    [Theory]
    [InlineData("Grace\r\nBcc: victim@example.org\r\n\r\nBuy this")]
    [InlineData("Grace\u2028Subject: other\u0000")]
    [InlineData("\"; <victim@example.org>,")]
    public void A_name_is_one_line_of_the_text_and_in_no_header(string name)
    {
        var letter = Invitation(name, name);
        using var sent = Send(letter);
        Assert.Equal("grace@example.org", Assert.Single(sent.To.Mailboxes).Address);
        Assert.Equal("portal@example.org", Assert.Single(sent.From.Mailboxes).Address);
        Assert.Equal("You are invited to a project", sent.Subject);
        Assert.Empty(sent.Bcc);
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            sent.Headers.Concat(sent.Body!.Headers).Select(header => header.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Invitation("Tides", "Grace").Text.Split('\n').Length, letter.Text.Split('\n').Length);
    }

    [Theory]
    [InlineData("grace@example.org, victim@example.org")]
    [InlineData("Grace <grace@example.org>")]
    [InlineData("grace@example.org\r\nBcc: victim@example.org")]
    [InlineData("grace@example.org>\r\nRCPT TO:<victim@example.org")]
    [InlineData("friends: grace@example.org;")]
    [InlineData("grace")]
    public void What_is_more_or_less_than_an_address_gets_no_mail(string address) =>
        Assert.Throws<ParseException>(() => Send(LetterTexts.Changed(address, Here.Root)));

    [Theory]
    [InlineData("http://portal.example.org/sub/", "http://portal.example.org/sub/a#b")]
    [InlineData("https://portal.example.org", "https://portal.example.org/a#b")]
    public void Links_stand_on_the_configured_address(string address, string link) =>
        Assert.Equal(link, PublicAddress.Parse(address).Link("/a#b"));

    [Theory]
    [InlineData("")]
    [InlineData("portal.example.org")]
    [InlineData("ftp://portal.example.org")]
    [InlineData("https://user:secret@portal.example.org")]
    [InlineData("https://portal.example.org/?a=b")]
    public void What_is_no_address_of_a_portal_is_refused_at_start(string address) =>
        Assert.Throws<FormatException>(() => PublicAddress.Parse(address));

    [Fact]
    public void A_password_goes_over_no_open_line_and_words_that_mean_nothing_are_refused_at_start()
    {
        MailSettings[] wrong =
        [
            new() { Host = "a", From = "a@b.org", Tls = "none", User = "a" }, new() { Host = "a", From = "a@b.org", Tls = "ssl" },
            new() { Host = "a" },
        ];
        Assert.All(wrong, settings => Assert.Throws<FormatException>(settings.Server));
        var server = new MailSettings { Host = "a", From = "a@b.org", User = "a", Password = "secret" }.Server();
        Assert.DoesNotContain("secret", server.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_links_secret_is_read_back_and_nothing_else_is()
    {
        var user = Guid.CreateVersion7();
        var secret = MailLink.Reset(user, "CfDJ8+/= token").Split('#')[1];
        Assert.True(MailLink.TryRead(MailLink.ResetPrefix, secret, out var known, out var token));
        Assert.Equal((user, "CfDJ8+/= token"), (known, token));
        Assert.All((string?[])[null, "", "portal_reset_", secret[..^20] + "*", secret.Replace("_", ""), new('x', 3000)],
            text => Assert.False(MailLink.TryRead(MailLink.ResetPrefix, text, out _, out var read) && read == token));
        Assert.False(MailLink.TryRead(MailLink.ConfirmPrefix, secret, out _, out _));
    }

    private static Letter Invitation(string project, string by) => LetterTexts.Invitation(
        "grace@example.org", Here.Link("/register#secret"), project, by, DateTimeOffset.UnixEpoch);

    // As it is read again from what goes over the wire.
    private static MimeMessage Send(Letter letter)
    {
        using var message = Server.Message(Guid.CreateVersion7(), letter);
        using var wire = new MemoryStream();
        message.WriteTo(wire);
        wire.Position = 0;
        return MimeMessage.Load(wire);
    }
}
