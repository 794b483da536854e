namespace Portal.Web.Accounts.Providers;

/// <summary>Why signing in by a provider did not work. An address carries the code alone: no text of a provider's, and none that
/// somebody wrote into a link, is ever shown.</summary>
public static class ProviderRefusals
{
    /// <summary>The person, or the provider, said no.</summary>
    public const string Denied = "access_denied";

    /// <summary>It took too long, or was begun elsewhere.</summary>
    public const string State = "state";

    /// <summary>Anything else that went wrong with the provider.</summary>
    public const string Failed = "failed";

    /// <summary>It tells no mail address.</summary>
    public const string NoMail = "no_mail";

    /// <summary>An account here has the address.</summary>
    public const string MailTaken = "mail_taken";

    /// <summary>Another account here is connected to it.</summary>
    public const string Taken = "connected_elsewhere";

    /// <summary>The account is locked, or may not sign in.</summary>
    public const string Locked = "locked";

    /// <summary>The mail address has to be confirmed first.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>What was given to prove who is there, before a provider is connected, was not right.</summary>
    public const string ProofWrong = "proof_wrong";

    /// <summary>No proof of who is there was given, or the sign-in that stands for one was too long ago.</summary>
    public const string ProofNeeded = "proof_needed";

    // What RFC 6749, 4.1.2.1, and OpenID Connect Core 1.0, 3.1.2.6, have providers say.
    private static readonly string[] Known =
    [
        Denied, "invalid_client", "unauthorized_client", "invalid_scope", "unsupported_response_type", "invalid_request",
        "server_error", "temporarily_unavailable", "login_required", "interaction_required", "consent_required",
        "account_selection_required",
    ];

    /// <summary>The code of what a provider called an error, as far as it is one that there is.</summary>
    /// <param name="error">What it said; null where it was something else.</param>
    /// <param name="unknown">Whether it is not known what was begun.</param>
    public static string CodeOf(string? error, bool unknown) =>
        Known.Contains(error) ? error! : unknown ? State : Failed;

    /// <summary>The code in words; null for one that is none.</summary>
    public static string? Words(string? code, string by) => code switch
    {
        Denied => $"{by} did not let you in here, or you did not agree.",
        State => $"Signing in with {by} took too long, or was begun in another window. Try again.",
        Failed => $"{by} did not say who you are. Try again; if it stays so, tell the administrator of this portal.",
        "invalid_client" or "unauthorized_client" or "invalid_scope" or "unsupported_response_type" or "invalid_request" =>
            $"{by} does not accept this portal's request ({code}). Tell the administrator of this portal.",
        "server_error" or "temporarily_unavailable" => $"{by} has a fault of its own ({code}). Try again later.",
        "login_required" or "interaction_required" or "consent_required" or "account_selection_required" =>
            $"{by} wants you to sign in there first.",
        NoMail => $"{by} does not tell your mail address, which an account here needs.",
        MailTaken => $"There is an account here with the mail address that {by} tells. Sign in with its password, "
            + $"then connect {by} on the account page.",
        Taken => $"Another account here is connected to this account of {by}. Disconnect it there first.",
        Locked => "This account cannot sign in now.",
        Unconfirmed => AddressConfirmation.Needed,
        ProofWrong => "That password or code is not right. After several wrong tries there is a pause of a few minutes.",
        ProofNeeded => "Give your password or a code first. Where you have neither, sign out, sign in again, and come back.",
        "SIGN_UP_CLOSED" => "Sign-up is closed here. Ask the administrator for an account.",
        "INVITATION_NEEDED" => $"Accounts are made by invitation here, and no open one is for an address that {by} has verified.",
        "RATE_LIMITED" => "Too many accounts were made from your address. Try again in an hour.",
        null => null,
        _ => $"{by} did not sign you in.",
    };
}
