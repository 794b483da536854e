namespace Portal.Web.Accounts;

/// <summary>The section <c>Portal:Passwords</c> of the configuration.</summary>
public sealed class PasswordSettings
{
    /// <summary>A file of leaked passwords that nobody may choose (<see cref="LeakedPasswords"/>); empty for none.</summary>
    public string LeakedFile { get; set; } = "";
}
