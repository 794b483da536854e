using System.ComponentModel.DataAnnotations;

namespace Portal.Web.Components.Accounts;

/// <summary>A form that asks for a mail address alone.</summary>
public sealed class MailForm
{
    [Required(ErrorMessage = "Your mail address is needed."), EmailAddress(ErrorMessage = "This is not a mail address."),
        StringLength(254, ErrorMessage = "A mail address has at most 254 characters.")]
    public string Mail { get; set; } = "";
}
