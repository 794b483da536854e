using Microsoft.AspNetCore.Components;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Accounts;
using Portal.Web.Components.Live;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>A page on which a thing is looked at as it was. The address names the moment; without one it is the latest. What
/// happens meanwhile comes in as it does: who stands at the last event goes on with it.</summary>
/// <typeparam name="TState">What the thing is folded into.</typeparam>
public abstract class ReplayPage<TState> : LivePage
    where TState : class, IAggregate<TState>
{
    private (string Id, string? Version, string? Position, string? Time, string? Since) read;

    [Inject] private CallerFactory Callers { get; set; } = default!;

    /// <summary>Leads to other pages.</summary>
    [Inject] protected NavigationManager Where { get; set; } = default!;

    /// <summary>The thing's id.</summary>
    [Parameter] public string Id { get; set; } = "";

    /// <summary>The moment, as a version.</summary>
    [SupplyParameterFromQuery] public string? Version { get; set; }

    /// <summary>The moment, as a position.</summary>
    [SupplyParameterFromQuery] public string? Position { get; set; }

    /// <summary>The moment, as a time, ISO 8601.</summary>
    [SupplyParameterFromQuery] public string? Time { get; set; }

    /// <summary>The version that it is held against.</summary>
    [SupplyParameterFromQuery] public string? Since { get; set; }

    /// <summary>The same as a number; null for none, and for one that it never had.</summary>
    protected long? Held { get; private set; }

    /// <summary>The thing at the moment that the address names; null before it is known.</summary>
    protected AsItWas<TState>? Past { get; private set; }

    /// <summary>Why there is no such moment; the latest is shown then.</summary>
    protected IReadOnlyList<Problem>? Problems { get; private set; }

    /// <summary>Why there is nothing to be looked at: it was archived.</summary>
    protected Problem? Archived { get; private set; }

    /// <summary>Asks for it.</summary>
    protected abstract Task<Result<AsItWas<TState>>> FindAsync(Caller caller, Guid id, Moment? at, CancellationToken cancel);

    /// <summary>What can be said about it.</summary>
    protected abstract IReadOnlyList<Trait> TraitsOf(TState state);

    /// <summary>What else is known of it is to be found out anew: something happened to it.</summary>
    protected virtual void Grown()
    {
    }

    /// <summary>Where the slider stands.</summary>
    protected void Moved(long version, long? since) =>
        (Past, Held) = (Past?.Version == version ? Past : Past?.At(version), since);

    /// <inheritdoc/>
    protected override bool Wants(Recorded recorded) => recorded.Stream == Past?.Event.Stream;

    /// <inheritdoc/>
    protected override Task OnEventsAsync(IReadOnlyList<Recorded> events, CancellationToken cancel)
    {
        if (Past is not { } known) return Task.CompletedTask;
        Past = known.With(events);
        if (Past.Latest == known.Latest) return Task.CompletedTask;
        Grown();
        // Who goes on with the latest has an address that names no moment: opened again, it is at the latest again.
        if (Past.Version > known.Version && Problems is null && (Version ?? Position ?? Time) is not null)
            Where.NavigateTo(new Uri(Where.Uri).AbsolutePath + (Held is { } held ? $"?since={held}" : ""), replace: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        read = (Id, Version, Position, Time, Since);
        if (!Guid.TryParseExact(Id, "n", out var id))
        {
            Where.NotFound();
            return;
        }
        var caller = await Callers.PageAsync();
        var at = ReplayAddress.Read(Version, Position, Time);
        (Problems, Archived) = (null, null);
        var found = at.Ok ? await FindAsync(caller, id, at.Value.Count > 0 ? at.Value[0] : null, cancel)
            : Result.Refused<AsItWas<TState>>(at.Problems);
        if (found is { Ok: false, Problems: [{ Code: "STREAM_ARCHIVED" } archived] })
        {
            (Past, Archived) = (null, archived);
            return;
        }
        if (!found.Ok && found.Problems[0].Code != "NOT_FOUND")
        {
            Problems = found.Problems;
            found = await FindAsync(caller, id, null, cancel);
        }
        if (!found.Ok)
        {
            Where.NotFound();
            return;
        }
        Past = found.Value;
        Held = HeldAgainst(Past);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (read == (Id, Version, Position, Time, Since)) return;
        var (id, bare) = (read.Id, Version is null && Position is null && Time is null);
        read = (Id, Version, Position, Time, Since);
        // Another moment of what is there already, as the slider names it; or none any more, and one stays where one is.
        if (id == Id && Past is { } known && bare) Held = HeldAgainst(known);
        else if (id == Id && Past is not null && Position is null && Time is null
            && ReplayAddress.Number(Version) is >= 1 and var version && version <= Past.Latest)
            (Past, Problems, Held) = (Past.At(version), null, HeldAgainst(Past));
        else await LoadAsync(Gone);
    }

    /// <summary>What can be said about it before and after an event of its own.</summary>
    protected (IReadOnlyList<Trait> Before, IReadOnlyList<Trait> After) Sides(long version)
    {
        var then = Past!.At(version);
        return (TraitsOf(then.Before), TraitsOf(then.State));
    }

    private long? HeldAgainst(AsItWas<TState> known) =>
        ReplayAddress.Number(Since) is >= 1 and var held && held <= known.Latest ? held : null;
}
