using Portal.Domain.Accounts;

namespace Portal.Web.Components.Parts;

/// <summary>What happens at the door, in words.</summary>
public static class SignInWords
{
    /// <summary>How somebody showed who they are.</summary>
    public static string Way(SignInWay way) => way switch
    {
        SignInWay.Password => "by the password",
        SignInWay.Code => "by the password and a code",
        SignInWay.Passkey => "by a passkey",
        _ => "by a provider",
    };

    /// <summary>Why they did not get in.</summary>
    public static string Fault(SignInFault fault) => fault switch
    {
        SignInFault.Wrong => "it was not right",
        SignInFault.Resting => "not looked at, in the pause after wrong tries",
        _ => "the account is disabled",
    };
}
