using MailKit.Net.Smtp;
using MimeKit;
using Portal.Web.Composition;

namespace Portal.Web.Mail;

/// <summary>Speaks to the server that takes mails (RFC 5321), by a connection for each.</summary>
public sealed class SmtpServer(MailServer server, PublicAddress portal, TimeProvider time)
{
    /// <summary>How long one exchange may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Hands a mail over. Sent twice, it has the same id, which mail servers know it by.</summary>
    /// <param name="id">The mail's.</param>
    /// <param name="letter">What it says, and to whom.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ParseException">The address is none.</exception>
    /// <exception cref="MailKit.CommandException">The server refuses.</exception>
    public async Task SendAsync(Guid id, Letter letter, CancellationToken cancel)
    {
        using var message = Message(id, letter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient
        {
            // Whether a certificate was taken back can often not be asked from where portals run.
            CheckCertificateRevocation = false,
            LocalDomain = portal.Root.HostNameType == UriHostNameType.Dns ? portal.Root.IdnHost : "localhost",
        };
        await client.ConnectAsync(server.Host, server.Port, server.Security, patience.Token);
        if (server.User.Length > 0) await client.AuthenticateAsync(server.User, server.Password, patience.Token);
        await client.SendAsync(message, patience.Token);
        await client.DisconnectAsync(quit: true, patience.Token);
    }

    /// <summary>The mail as it goes over the wire: one part of plain text, no pictures, nothing that tells when it is
    /// read.</summary>
    /// <exception cref="ParseException">The address is none, or more than one.</exception>
    public MimeMessage Message(Guid id, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var message = new MimeMessage
        {
            MessageId = $"{id:n}@{portal.Root.IdnHost}",
            Date = time.GetUtcNow(),
            Subject = letter.Subject,
            Body = new TextPart("plain") { Text = letter.Text },
        };
        message.From.Add(server.From);
        message.To.Add(MailboxAddress.Parse(ParserOptions, letter.To) is { } to && to.Address == letter.To
            ? to
            : throw new ParseException("More than an address.", 0, 0));
        // Answering machines leave it alone (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static readonly ParserOptions ParserOptions = new() { AllowAddressesWithoutDomain = false };
}
