using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Components.Parts;

/// <summary>What people are called on pages.</summary>
public static class PersonWords
{
    /// <summary>A person's name; of who was erased nothing but the end of the id.</summary>
    /// <param name="names">Names that were looked up, by id.</param>
    /// <param name="person">Who.</param>
    public static string NameOf(this IReadOnlyDictionary<Id<User>, string> names, Id<User> person) =>
        names.GetValueOrDefault(person) ?? Erased(person);

    /// <summary>What stands for a person who was erased: the digits of the id that tell people of one hour apart.</summary>
    public static string Erased(Id<User> person) => $"erased {person.ToString()[^12..]}";
}
