using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Portal.Web.Accounts;

/// <summary>Who is signed in on an open page. When the session ends, nobody is: the page asks to sign in then.</summary>
public sealed class SessionState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1.5);

    private readonly SessionWatch watch;
    private readonly Sessions sessions;
    private readonly Lock gate = new();
    private IDisposable? watching;
    private bool gone;

    /// <summary>Begins with whoever the page's request says.</summary>
    public SessionState(SessionWatch watch, Sessions sessions)
    {
        (this.watch, this.sessions) = (watch, sessions);
        AuthenticationStateChanged += state => _ = FollowAsync(state);
    }

    private async Task FollowAsync(Task<AuthenticationState> state)
    {
        var person = (await state).User;
        lock (gate)
        {
            watching?.Dispose();
            watching = !gone && Sessions.Of(person) is { } session
                ? watch.Watch(session, sessions.StampOf(person), End)
                : null;
        }
    }

    private void End() => _ = EndAsync();

    // Whoever signs out or changes how they sign in does so by a form of this very page: the answer to it comes first, with a new
    // cookie and another page.
    private async Task EndAsync()
    {
        await Task.Delay(Courtesy);
        lock (gate)
        {
            if (gone) return;
        }
        SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            gone = true;
            watching?.Dispose();
        }
    }
}
