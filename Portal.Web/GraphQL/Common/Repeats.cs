using Portal.Domain.Common;

namespace Portal.Web.GraphQL.Common;

/// <summary>How a request that is sent twice is known: by the key that the client chose.</summary>
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

    private static string Person(this Caller caller) => caller.User?.Value.ToString("d") ?? "";
}
