using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Web.Accounts;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>A page on which a thing is looked at as it was. The address names the moment; without one it is the latest.</summary>
/// <typeparam name="TState">What the thing is folded into.</typeparam>
public abstract class ReplayPage<TState> : ComponentBase
    where TState : class, IAggregate<TState>
{
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
    protected long? Held => Number(Since) is >= 1 and var held && held <= Past?.Latest ? held : null;

    /// <summary>The thing at the moment that the address names; null before it is known.</summary>
    protected AsItWas<TState>? Past { get; private set; }

    /// <summary>Why there is no such moment; the latest is shown then.</summary>
    protected IReadOnlyList<Problem>? Problems { get; private set; }

    /// <summary>Why there is nothing to be looked at: it was archived.</summary>
    protected Problem? Gone { get; private set; }

    /// <summary>Asks for it.</summary>
    protected abstract Task<Result<AsItWas<TState>>> FindAsync(Caller caller, Guid id, Moment? at, CancellationToken cancel);

    /// <summary>What can be said about it.</summary>
    protected abstract IReadOnlyList<Trait> TraitsOf(TState state);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Another moment of what is there already, as the slider names it.
        if (Past?.Event.Stream.EndsWith($"-{Id}", StringComparison.Ordinal) == true && Position is null && Time is null
            && Number(Version) is >= 1 and var version && version <= Past.Latest)
        {
            (Past, Problems) = (Past.At(version), null);
            return;
        }
        if (!Guid.TryParseExact(Id, "n", out var id))
        {
            Where.NotFound();
            return;
        }
        var caller = await Callers.PageAsync();
        var read = Read();
        (Problems, Gone) = (null, null);
        var found = read.Ok ? await FindAsync(caller, id, read.Value.Count > 0 ? read.Value[0] : null, CancellationToken.None)
            : Result.Refused<AsItWas<TState>>(read.Problems);
        if (found is { Ok: false, Problems: [{ Code: "STREAM_ARCHIVED" } archived] })
        {
            (Past, Gone) = (null, archived);
            return;
        }
        if (!found.Ok && found.Problems[0].Code != "NOT_FOUND")
        {
            Problems = found.Problems;
            found = await FindAsync(caller, id, null, CancellationToken.None);
        }
        if (found.Ok) Past = found.Value;
        else Where.NotFound();
    }

    /// <summary>What can be said about it before and after an event of its own.</summary>
    protected (IReadOnlyList<Trait> Before, IReadOnlyList<Trait> After) Sides(long version)
    {
        var then = Past!.At(version);
        return (TraitsOf(then.Before), TraitsOf(then.State));
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // None where the address names none; what cannot be read is told as such.
    private Result<IReadOnlyList<Moment>> Read()
    {
        if (Version is null && Position is null && Time is null) return Result.Of<IReadOnlyList<Moment>>([]);
        if (Version is not null && Number(Version) is null) return Problem.Invalid("version", "A version is a whole number.");
        if (Position is not null && Number(Position) is null) return Problem.Invalid("position", "A position is a whole number.");
        DateTimeOffset? at = DateTimeOffset.TryParse(Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : null;
        if (Time is not null && at is null) return Problem.Invalid("time", "This is no time.",
            "Write it as 2026-03-04T14:02:11Z.");
        return new Moment[] { new(Number(Version), Number(Position), at) };
    }
}
