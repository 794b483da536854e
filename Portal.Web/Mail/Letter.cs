namespace Portal.Web.Mail;

/// <summary>A mail: plain text, to one person.</summary>
/// <param name="To">The mail address.</param>
/// <param name="Subject">A fixed text: nothing that people choose stands in a header, but the address.</param>
/// <param name="Text">What it says.</param>
public sealed record Letter(string To, string Subject, string Text)
{
    /// <summary>The subject alone.</summary>
    public override string ToString() => Subject;
}
