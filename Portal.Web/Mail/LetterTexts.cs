using System.Globalization;

namespace Portal.Web.Mail;

/// <summary>What mails say. Names that people gave themselves stand in one line and in quotes.</summary>
public static class LetterTexts
{
    private const int LongestName = 100;

    /// <summary>The link that confirms an address.</summary>
    public static Letter Confirm(string to, string link) => new(to, "Confirm your mail address",
        $"""
        Somebody made an account with this mail address. If it was you, confirm the address here:

        {link}

        The link is good for a day. If it was not you, do nothing: the account can do nothing.
        """);

    /// <summary>Word that there is an account already.</summary>
    public static Letter Taken(string to, string link) => new(to, "You have an account already",
        $"""
        Somebody asked for an account with this mail address, which has one. If it was you, sign in:

        {link}

        A forgotten password can be replaced there. If it was not you, do nothing: nothing was changed.
        """);

    /// <summary>The link to a new password.</summary>
    public static Letter Reset(string to, string link) => new(to, "A new password",
        $"""
        Somebody asked for a new password for your account. If it was you, choose one here:

        {link}

        The link is good once, and for an hour. If it was not you, do nothing: your password stays as it is.
        """);

    /// <summary>Word that the password was changed.</summary>
    public static Letter Changed(string to, Uri portal) => new(to, "Your password was changed",
        $"""
        The password of your account at {portal} was changed, and every other device was signed out.

        If it was not you, ask for a new password at once, and look through your account page:

        {new Uri(portal, "forgot-password")}
        """);

    /// <summary>Word that an administrator took the second factors away.</summary>
    public static Letter FactorsRemoved(string to, Uri portal) => new(to, "Your second factors were removed",
        $"""
        An administrator removed authenticator app, passkeys and recovery codes from your account at {portal}, and every device was
        signed out. Your password alone signs you in now.

        If you asked for that, sign in and set up a second factor at once. If you did not, ask for a new password and tell an
        administrator whom you know:

        {new Uri(portal, "forgot-password")}
        """);

    /// <summary>Word that an access token was made.</summary>
    public static Letter TokenMade(string to, Uri portal, string name, DateTimeOffset expires) => new(to, "An access token was made",
        $"""
        An access token was made for your account at {portal}: {Quoted(name) ?? "without a name"}, good until
        {expires.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. A program that shows it does what you let it do.

        If it was not you, revoke it, change your password and look through your sessions:

        {new Uri(portal, "account/tokens")}
        """);

    /// <summary>An invitation to a project, or to the installation.</summary>
    public static Letter Invitation(string to, string link, string? project, string? by, DateTimeOffset until) => new(to,
        project is null ? "You are invited" : "You are invited to a project",
        $"""
        {Quoted(by) ?? "Somebody"} invites you to {(project is null ? "make an account here" : $"the project {Quoted(project)}")}:

        {link}

        The link is for you alone, and good until {Exact(until)} UTC.
        If you do not know who that is, do nothing.
        """);

    /// <summary>Word that runs wait for somebody's approval.</summary>
    public static Letter RunsWait(string to, string link, string project, int runs) => new(to,
        runs == 1 ? "A run waits for your approval" : $"{runs} runs wait for your approval",
        $"""
        In the project {Quoted(project)} {(runs == 1 ? "a run waits" : $"{runs} runs wait")} for somebody who may approve:

        {link}

        Look at what would run before you decide. You get this because your role there lets you approve, and at most once in a
        quarter of an hour.
        """);

    private static string Exact(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);

    // What could look like another line, or hide what stands beside it, becomes a blank.
    private static string? Quoted(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var line = string.Concat(name.Trim().Select(sign => char.GetUnicodeCategory(sign) is UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : sign));
        return $"\u201c{(line.Length > LongestName ? line[..LongestName] + "\u2026" : line)}\u201d";
    }
}
