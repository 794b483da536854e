using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>Whether a person has just proved who they are: whoever sits down at an open page ends no sessions, makes no access
/// token and erases nobody.</summary>
public sealed class FreshProof(ISessions sessions, IChance chance)
{
    /// <summary>How long a proof of who somebody is counts for what takes a fresh one.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>The code of the refusal of who proved it longer ago.</summary>
    public const string Needed = "PROOF_NEEDED";

    /// <summary>Null for who proved it within <see cref="Fresh"/>.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> RefusalAsync(Caller caller, CancellationToken cancel) =>
        caller.Session is { } session && await sessions.ProvedAsync(session, cancel) > chance.Now - Fresh
            ? null
            : new Problem(Needed, "You proved more than ten minutes ago who you are.",
                Advice: "Give your password or a code at /account/prove, or sign in anew.");
}
