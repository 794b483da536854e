using MailKit.Security;
using MimeKit;
using Portal.Web.Composition;

namespace Portal.Web.Mail;

/// <summary>The section <c>Portal:Mail</c>: the server that takes mails (RFC 5321). Without a host none is sent.</summary>
public sealed class MailSettings
{
    /// <summary>Name or address of the server; empty for no mail.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port: 587 for submission (RFC 6409), 465 for TLS from the first byte (RFC 8314), 25 between
    /// servers.</summary>
    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c> (RFC 3207; a server without it is told nothing), <c>tls</c>, or <c>none</c>.</summary>
    public string Tls { get; set; } = "starttls";

    /// <summary>Who signs in there; empty for nobody.</summary>
    public string User { get; set; } = "";

    /// <summary>With which password.</summary>
    public string Password { get; set; } = "";

    /// <summary>A file that holds the password alone, in its place.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Whom mails come from: <c>portal@example.org</c> or <c>Portal &lt;portal@example.org&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Whether mails are sent.</summary>
    public bool Configured => Host.Length > 0;

    /// <summary>The server as these settings name it.</summary>
    /// <exception cref="FormatException">One of them means nothing.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public MailServer Server()
    {
        if (!MailboxAddress.TryParse(From, out var from))
            throw new FormatException("Portal:Mail:From: a mail address is needed, such as portal@example.org.");
        return new(Host, Port, Security(), User, Secret.Of(Password, PasswordFile), from);
    }

    private SecureSocketOptions Security() => Tls.Trim().ToUpperInvariant() switch
    {
        "STARTTLS" => SecureSocketOptions.StartTls,
        "TLS" => SecureSocketOptions.SslOnConnect,
        // Nobody's password goes over a line that others can read.
        "NONE" when User.Length > 0 => throw new FormatException("Portal:Mail:Tls: 'none' is for servers that take no password."),
        "NONE" => SecureSocketOptions.None,
        _ => throw new FormatException($"Portal:Mail:Tls: '{Tls}' is none of starttls, tls and none."),
    };
}

/// <summary>A server that takes mails.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is secured.</param>
/// <param name="User">Who signs in; empty for nobody.</param>
/// <param name="Password">With which password.</param>
/// <param name="From">Whom mails come from.</param>
public sealed record MailServer(
    string Host, int Port, SecureSocketOptions Security, string User, string Password, MailboxAddress From)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
