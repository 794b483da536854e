using System.ComponentModel;
using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Credentials;

/// <summary>The caller's key on a machine; its private half is shown to nobody.</summary>
public sealed record CredentialBody(
    Id<Credential> Id, Id<Machine> Machine, string PublicKey, string Fingerprint, DateTimeOffset CreatedAt,
    DateTimeOffset? TestedAt, bool? TestedOk);

/// <summary>A security token, which opens the key that it sealed. Used at once and kept nowhere.</summary>
public sealed record TokenInput([property: Description("portal-…, as it was shown once.")] string SecurityToken);

/// <summary>A connection test.</summary>
/// <param name="Ok">Whether every step went well.</param>
/// <param name="Steps">The steps; the first that fails is the last.</param>
public sealed record CheckBody(bool Ok, IReadOnlyList<CheckStep> Steps);

/// <summary>The caller's key on a machine.</summary>
public static class CredentialsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapCredentials(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/machines/{id}").WithTags("Credentials");
        group.MapGet("/credential", Show).WithSummary("Your key on a machine.").WithName("showCredential")
            .Produces<CredentialBody>();
        group.MapPost("/credential", Make).WithSummary("Make a key for a machine; it replaces the one you had.")
            .WithName("makeCredential")
            .WithDescription("The answer holds the line for authorized_keys, a command that puts it there, and the security "
                + "token, which is shown this once and stored nowhere.")
            .Produces<CreatedCredential>(StatusCodes.Status201Created);
        group.MapDelete("/credential", Revoke).WithSummary("Revoke your key on a machine; what runs with it stops being able to.")
            .WithName("revokeCredential").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/check", Check).WithSummary("Test the connection step by step.").WithName("checkMachine")
            .Produces<CheckBody>()
            .WithDescription("With Accept: text/event-stream each step comes as it is done, as an event `step`, and at last "
                + "an event `end`.");
    }

    private static async Task<IResult> Show(HttpContext context, Id<Machine> id, ShowCredentialHandler credentials,
        CancellationToken cancel)
    {
        var found = await credentials.HandleAsync(RestCaller.Of(context), id, cancel);
        if (found.Problems is { } problems) return Refusals.Refuse(problems);
        return found.Value is { } view
            ? TypedResults.Ok(new CredentialBody(view.Id, view.Machine, view.PublicKey, view.Fingerprint, view.CreatedAt,
                view.TestedAt, view.TestedOk))
            : Refusals.Refuse([new("NOT_FOUND", "You have no key for this machine.",
                Advice: "Make one with POST to the same address.")]);
    }

    private static async Task<IResult> Make(HttpContext context, Id<Machine> id, CreateCredentialHandler credentials,
        IChance chance, CancellationToken cancel)
    {
        var made = await credentials.HandleAsync(RestCaller.Of(context),
            new(RestCaller.NewId<Credential>(context, null, chance), id), cancel);
        context.Response.Headers.CacheControl = "no-store";
        return made.Answered(credential => (IResult)TypedResults.Created($"/api/v1/machines/{id}/credential", credential));
    }

    private static async Task<IResult> Revoke(
        HttpContext context, Id<Machine> id, RevokeCredentialHandler credentials, CancellationToken cancel) =>
        (await credentials.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(_ => (IResult)TypedResults.NoContent());

    private static async Task<IResult> Check(HttpContext context, Id<Machine> id, TokenInput body, TestConnectionHandler machines,
        CancellationToken cancel)
    {
        var checks = await machines.HandleAsync(RestCaller.Of(context), new(id, body.SecurityToken), cancel);
        if (!checks.Ok) return Refusals.Refuse(checks.Problems);
        if (EventStream.Wanted(context)) return new EventStream(Items(checks.Value, cancel));
        var steps = new List<CheckStep>();
        await foreach (var step in checks.Value.WithCancellation(cancel)) steps.Add(step);
        return TypedResults.Ok(new CheckBody(steps.Count > 0 && steps.TrueForAll(step => step.Ok), steps));
    }

    private static async IAsyncEnumerable<StreamItem> Items(IAsyncEnumerable<CheckStep> steps,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var ok = false;
        await foreach (var step in steps.WithCancellation(cancel))
        {
            ok = step.Ok;
            yield return new("step", null, step);
        }
        yield return new("end", null, new { ok });
    }
}
