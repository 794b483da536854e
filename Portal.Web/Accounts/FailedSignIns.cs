using Portal.Domain.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Writes down who was not signed in: an event where there is such an account, else a log line. Nobody waits for it: how
/// long an answer takes does not tell whether there is an account.</summary>
public sealed class FailedSignIns(
    SignInNotes notes, AttemptLog attempts, IHttpContextAccessor requests, ILogger<FailedSignIns> log)
{
    /// <summary>Writes it down, unless it is one too many.</summary>
    /// <param name="user">At whose account; null where there is none.</param>
    /// <param name="way">How it was tried.</param>
    /// <param name="fault">Why it did not work.</param>
    public void Note(PortalUser? user, SignInWay way, SignInFault fault)
    {
        var context = requests.HttpContext;
        if (user is null)
            attempts.Note(context, way == SignInWay.Passkey ? "a passkey that nobody has" : "a password for no account");
        else _ = WriteAsync(context?.Connection.RemoteIpAddress?.ToString(), user.Id, way, fault);
    }

    private async Task WriteAsync(string? address, Guid user, SignInWay way, SignInFault fault)
    {
        await Task.Yield();
        try
        {
            await notes.FailedAsync(address, new(user), way, fault, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.LogError(error, "That {User} was not signed in from {Address} by {Way} ({Fault}) could not be written down.",
                user, address, way, fault);
        }
    }
}
