using System.Collections.Concurrent;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens.Devices;

/// <summary>A program's request as the person sees it who typed its code.</summary>
/// <param name="Request">What it asks.</param>
/// <param name="Terms">What it would get: what it asks for, as far as the person's projects have it.</param>
public sealed record OpenDeviceRequest(DeviceRequest Request, TokenTerms Terms);

/// <summary>Shows a request to who has its code.</summary>
public sealed class OpenDeviceHandler(Access access, TokenRules rules, IDeviceRequests requests, IChance chance)
{
    private const int MostWrong = 20;
    private const int MostPeople = 10_000;

    private readonly ConcurrentDictionary<Id<User>, (int Count, DateTimeOffset Until)> wrong = new();

    /// <summary>There is no request with such a code.</summary>
    internal static Problem Unknown { get; } = new("NOT_FOUND", "No program waits with this code.", "code",
        Advice: "Compare it with what the program shows. A code lives ten minutes; have the program ask once more if it is older.");

    /// <summary>What is asked; in person only. Who guesses codes is stopped after twenty wrong ones in ten minutes.</summary>
    public async Task<Result<OpenDeviceRequest>> HandleAsync(Caller caller, string code, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.IssueAccessToken, "request", cancel) is { } refusal) return refusal;
        var (user, now) = (caller.User!.Value, chance.Now);
        if (wrong.TryGetValue(user, out var tried) && tried.Until > now && tried.Count >= MostWrong)
            return new Problem("RATE_LIMITED", "Too many codes were wrong.", "code", Advice: "Wait ten minutes, then try again.");
        if (DeviceCodes.Read(code) is not { } read || await requests.FindAsync(read, cancel) is not { } request)
        {
            if (wrong.Count >= MostPeople) wrong.Clear();
            wrong.AddOrUpdate(user, _ => (1, now + DeviceRequest.Life),
                (_, before) => before.Until > now ? (before.Count + 1, before.Until) : (1, now + DeviceRequest.Life));
            return Unknown;
        }
        if (request.Project is { } project
            && await access.RefusalAsync(caller, project, Operation.ShowProject, "project", cancel) is not null)
            return new Problem("OTHER_PROJECT", "The program asks for a project that you are not in.", "code",
                Advice: "Give the program the id of a project of yours, or none.");
        return new OpenDeviceRequest(request, rules.Terms(request.Client, request.Scopes, request.Project, null, request.Days));
    }
}

/// <summary>Says yes to a program's request, to all of it or to less.</summary>
/// <param name="Code">The code that it shows.</param>
/// <param name="Terms">What it gets.</param>
public sealed record AllowDevice(string Code, TokenTerms Terms);

/// <summary>Handles <see cref="AllowDevice"/> and its opposite: a person, signed in, who has the code.</summary>
public sealed class AnswerDeviceHandler(
    Ledger ledger, OpenDeviceHandler open, IssueAccessTokenHandler issue, IChance chance)
{
    /// <summary>Says yes. The program fetches its token with its next question; its text is made then.</summary>
    public async Task<Result<AccessToken>> AllowAsync(Caller caller, AllowDevice command, CancellationToken cancel)
    {
        var found = await open.HandleAsync(caller, command.Code, cancel);
        if (!found.Ok) return Result.Refused<AccessToken>(found.Problems);
        var (request, terms) = (found.Value.Request, command.Terms with { Name = found.Value.Request.Client });
        if (terms.Scopes.FirstOrDefault(scope => !request.Scopes.Contains(scope)) is var more and not 0)
            return Problem.Invalid("scopes", $"The program did not ask for {Scopes.NameOf(more)}.", "It can be given less than it asked for, not more.");
        if (request.Project is { } asked && terms.Project != asked)
            return Problem.Invalid("project", "The program asked for another project.", "Refuse it, and have it ask again.");
        if (await issue.RefusalAsync(caller, terms, cancel) is { Count: > 0 } problems) return Result.Refused<AccessToken>(problems);
        var allowed = new AccessTokenAllowed(request.Id, caller.User!.Value, request.Client, Scopes.Names(request.Scopes),
            Scopes.Names(terms.Scopes), terms.Project, [.. terms.Addresses], chance.Now + terms.Life);
        return await AnswerAsync(caller, request, allowed, cancel);
    }

    /// <summary>Says no; the program is told with its next question.</summary>
    public async Task<Result<AccessToken>> DenyAsync(Caller caller, string code, CancellationToken cancel)
    {
        var found = await open.HandleAsync(caller, code, cancel);
        if (!found.Ok) return Result.Refused<AccessToken>(found.Problems);
        var request = found.Value.Request;
        return await AnswerAsync(caller, request,
            new AccessTokenDenied(request.Id, caller.User!.Value, request.Client, Scopes.Names(request.Scopes)), cancel);
    }

    // The first answer counts. The request itself stays until the program has heard of it.
    private Task<Result<AccessToken>> AnswerAsync(Caller caller, DeviceRequest request, object answer, CancellationToken cancel) =>
        ledger.ChangeAsync<AccessToken>(caller, request.Id.Value, state => state.Id == default
            ? new[] { answer }
            : new Problem("ANSWERED", "This program has its answer already.", "code"), cancel);
}
