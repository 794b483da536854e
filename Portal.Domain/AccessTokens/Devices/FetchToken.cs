using Portal.Domain.Common;

namespace Portal.Domain.AccessTokens.Devices;

/// <summary>Gives the program its answer (RFC 8628, sections 3.4 and 3.5). Codes of refusals are OAuth's own words.</summary>
public sealed class FetchTokenHandler(
    Ledger ledger, IDeviceRequests requests, ITokenMail mail, IChance chance, IRandomBytes random)
{
    /// <summary>The person has not answered yet.</summary>
    public const string Pending = "authorization_pending";

    /// <summary>The program asks faster than it was told.</summary>
    public const string SlowDown = "slow_down";

    /// <summary>The person said no.</summary>
    public const string Denied = "access_denied";

    /// <summary>The code is too old.</summary>
    public const string Expired = "expired_token";

    /// <summary>There never was such a code, or its token was fetched.</summary>
    public const string Unknown = "invalid_grant";

    // Two clocks and a network lie between the program and us.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The token, given out once; or a problem with one of the codes above.</summary>
    /// <param name="caller">Nobody that is known yet; where they ask from.</param>
    /// <param name="deviceCode">What the program got.</param>
    /// <param name="client">What it calls itself, where it says so.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Result<IssuedAccessToken>> HandleAsync(Caller caller, string deviceCode, string? client, CancellationToken cancel)
    {
        var now = chance.Now;
        if (deviceCode.Length > TokenText.MaximumLength || await requests.AskAsync(TokenText.HashOf(deviceCode), now, cancel) is not { } found)
            return new Problem(Unknown, "There is no such device code, or its token was given out already.");
        var (request, before) = found;
        if (client is not null && client != request.Client) return new Problem(Unknown, "Another client asked for this code.");
        // What was answered is told at once, however fast it is asked for.
        var token = (await ledger.LoadAsync<AccessToken>(request.Id.Value, cancel)).State;
        if (token.Denied) return await EndAsync(request, new(Denied, "The person said no."), cancel);
        if (token.Allowed is { } allowed) return await IssueAsync(caller, request, allowed, cancel);
        if (request.Until <= now) return new Problem(Expired, "The code is older than ten minutes.", Advice: "Ask for another.");
        return before + DeviceRequest.Interval - Grace > now
            ? new Problem(SlowDown, $"Ask once in {DeviceRequest.Interval.TotalSeconds} s.")
            : new Problem(Pending, "The person has not answered yet.");
    }

    private async Task<Result<IssuedAccessToken>> IssueAsync(
        Caller caller, DeviceRequest request, AccessTokenAllowed allowed, CancellationToken cancel)
    {
        var text = TokenText.Make(random);
        var issued = new AccessTokenIssued(request.Id, allowed.User, allowed.Name, TokenText.HashOf(text), allowed.Expires,
            allowed.Scopes, allowed.Project, allowed.Addresses);
        var gone = new Problem(Unknown, "The token was given out already.");
        var written = await ledger.ChangeAsync<AccessToken>(caller with { User = allowed.User }, request.Id.Value,
            state => state.Issued || state.Revoked ? gone : new object[] { issued }, cancel);
        if (!written.Ok) return await EndAsync(request, gone, cancel);
        await requests.ForgetAsync(request.Id, cancel);
        await mail.MadeAsync(issued, CancellationToken.None);
        return new IssuedAccessToken(request.Id, text, allowed.Expires, Scopes.Read(allowed.Scopes));
    }

    private async Task<Problem> EndAsync(DeviceRequest request, Problem problem, CancellationToken cancel)
    {
        await requests.ForgetAsync(request.Id, cancel);
        return problem;
    }
}
