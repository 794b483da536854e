using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Common;

/// <summary>How a request that is sent twice is known, by the key that the client chose, and answered.</summary>
public static class Repeats
{
    /// <summary>The caller; with a key, everything that comes of it bears an id made from person, thing and key.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="what">What is asked, and of what.</param>
    /// <param name="key">The client's key; null if it has none.</param>
    public static Caller WithKey(this Caller caller, string what, Guid? key) => key is { } chosen
        ? caller with { CorrelationId = ChosenId.Of<Caller>(caller.Person(), $"{what} {chosen:d}").Value }
        : caller;

    /// <summary>The id of a thing to be made: from the key, or a new one.</summary>
    /// <typeparam name="T">What it names.</typeparam>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">The client's key; null if it has none.</param>
    /// <param name="chance">Where new ids come from.</param>
    public static Id<T> NewId<T>(this Caller caller, Guid? key, IChance chance) =>
        key is { } chosen ? ChosenId.Of<T>(caller.Person(), $"{chosen:d}") : new(chance.NewGuid());

    /// <summary>Makes a thing, unless this very request made it before; then shows it.</summary>
    /// <typeparam name="T">What its id names.</typeparam>
    /// <typeparam name="TMade">What the handler answers.</typeparam>
    /// <typeparam name="TNode">What is answered with.</typeparam>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">The client's key; null if it has none.</param>
    /// <param name="chance">Where new ids come from.</param>
    /// <param name="make">Asks the handler.</param>
    /// <param name="show">The thing as it is; null if there is none.</param>
    public static async Task<MutationResult<TNode>> MakeOnceAsync<T, TMade, TNode>(this Caller caller, Guid? key, IChance chance,
        Func<Id<T>, Task<Result<TMade>>> make, Func<Id<T>, Task<TNode?>> show)
        where TNode : class
    {
        var id = caller.NewId<T>(key, chance);
        if (key is not null && await show(id) is { } earlier) return earlier;
        return (await make(id)).Problems is { } problems
            ? Refused.Of<TNode>(problems)
            : Shown(await show(id));
    }

    /// <summary>Changes a thing, unless this very request did so before; then shows it.</summary>
    /// <typeparam name="T">The thing.</typeparam>
    /// <typeparam name="TChanged">What the handler answers.</typeparam>
    /// <typeparam name="TNode">What is answered with.</typeparam>
    /// <param name="repeats">Knows what was done before.</param>
    /// <param name="caller">Who asks, <see cref="WithKey"/>.</param>
    /// <param name="id">The thing's id.</param>
    /// <param name="key">The client's key; null if it has none.</param>
    /// <param name="change">Asks the handler.</param>
    /// <param name="show">The thing as it is; null if there is none.</param>
    /// <param name="cancel">Ends the question.</param>
    public static async Task<MutationResult<TNode>> ChangeOnceAsync<T, TChanged, TNode>(this FindRepeatHandler repeats,
        Caller caller, Id<T> id, Guid? key, Func<Task<Result<TChanged>>> change, Func<Task<TNode?>> show,
        CancellationToken cancel)
        where T : class, IAggregate<T>
        where TNode : class
    {
        var done = key is not null && (await repeats.HandleAsync<T>(caller, id.Value, cancel)).Count > 0;
        if (done) return await show() is { } earlier ? earlier : Refused.Of<TNode>([Problem.NotFound(T.Prefix)]);
        return (await change()).Problems is { } problems ? Refused.Of<TNode>(problems) : Shown(await show());
    }

    // A token that may change a thing may not always see it: what it asked for was done all the same.
    private static MutationResult<TNode> Shown<TNode>(TNode? node)
        where TNode : class => MutationResult<TNode>.Done(node!);

    private static string Person(this Caller caller) => caller.User?.Value.ToString("d") ?? "";
}
