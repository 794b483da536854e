namespace Portal.Domain.Accounts;

/// <summary>Of whom a second factor is demanded.</summary>
public enum SecondFactorMode
{
    /// <summary>Of nobody: who wants one sets one up.</summary>
    Offered,
    /// <summary>Of those who administer the installation.</summary>
    Administrators,
    /// <summary>Of those who administer or audit the installation: who sees every project, too.</summary>
    Auditors,
    /// <summary>Of everybody.</summary>
    Everyone,
}

/// <summary>What the installation's configuration says about it.</summary>
/// <param name="Mode">Of whom.</param>
public sealed record SecondFactorRule(SecondFactorMode Mode);
