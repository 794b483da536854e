namespace Portal.Domain.Accounts;

/// <summary>Who may make themselves an account. The first one of an installation may always be made.</summary>
public enum SignUpMode
{
    /// <summary>Anybody.</summary>
    Open,
    /// <summary>Who was invited, to a project or to the installation.</summary>
    Invitation,
    /// <summary>Nobody.</summary>
    Closed,
}

/// <summary>What the installation's configuration says about it.</summary>
/// <param name="Mode">Who may.</param>
public sealed record SignUpRule(SignUpMode Mode);
