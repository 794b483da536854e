using System.Net;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens;

/// <summary>How long a token may live, and whether it must say where it is used from: the more it may do, the stricter.</summary>
/// <param name="ReadDays">Longest life of a token that only looks, in days.</param>
/// <param name="RunDays">Longest life of one that runs things.</param>
/// <param name="KeepDays">Longest life of one that keeps machines, keys or members.</param>
/// <param name="AddressesFrom">From which power on a token must name the addresses that it is used from; null for none.</param>
public sealed record TokenRules(int ReadDays = 366, int RunDays = 180, int KeepDays = 90, Power? AddressesFrom = null)
{
    /// <summary>What a token gets that asks for no length, unless its power allows less.</summary>
    public const int UsualDays = 90;

    /// <summary>Most ranges of addresses that a token may name.</summary>
    public const int MostAddresses = 20;

    /// <summary>The longest life of a token with these scopes, in days.</summary>
    public int LongestDays(IEnumerable<Scope> scopes) => Scopes.PowerOf(scopes) switch
    {
        Power.Read => ReadDays,
        Power.Run => RunDays,
        _ => KeepDays,
    };

    /// <summary>The terms that are meant by what was given.</summary>
    /// <param name="name">The client.</param>
    /// <param name="scopes">What it may be used for; null for everything.</param>
    /// <param name="project">The only project that exists for it; null for all.</param>
    /// <param name="addresses">Ranges of addresses that it is good from; null for everywhere.</param>
    /// <param name="days">How long it lives; null for what is usual with these scopes.</param>
    public TokenTerms Terms(string name, IReadOnlyCollection<Scope>? scopes = null, Id<Project>? project = null,
        IReadOnlyList<string>? addresses = null, int? days = null)
    {
        scopes ??= Scopes.All;
        // What no time can be made of is refused by Check, as is what is too long.
        var life = TimeSpan.FromDays(Math.Clamp(days ?? Math.Min(UsualDays, LongestDays(scopes)), 0, 100_000));
        return new(name, scopes, project, [.. (addresses ?? []).Select(range => range.Trim())], life);
    }

    /// <summary>What is wrong with a token that is asked for; none when it may be made.</summary>
    public IReadOnlyList<Problem> Check(TokenTerms terms)
    {
        var problems = new List<Problem>();
        if (Names.Check("name", terms.Name, 80) is { } badName) problems.Add(badName);
        if (terms.Scopes.Count == 0) problems.Add(Problem.Invalid("scopes", "A token is for something.", "Choose at least one scope."));
        if (terms.Scopes.Any(scope => !Enum.IsDefined(scope))) problems.Add(Problem.Invalid("scopes", "There is no such scope."));
        var longest = LongestDays(terms.Scopes);
        if (terms.Life <= TimeSpan.Zero || terms.Life > TimeSpan.FromDays(longest))
        {
            problems.Add(Problem.Invalid("days", $"A token with these scopes lives at least a moment and at most {longest} days.",
                "The more a token may do, the shorter it lives: choose a shorter time, or fewer scopes."));
        }
        problems.AddRange(CheckAddresses(terms));
        return problems;
    }

    private IEnumerable<Problem> CheckAddresses(TokenTerms terms)
    {
        if (terms.Addresses.Count > MostAddresses)
            yield return Problem.Invalid("addresses", $"A token names at most {MostAddresses} ranges of addresses.");
        if (terms.Addresses.FirstOrDefault(range => AddressRange.Read(range) is null) is { } wrong)
        {
            yield return Problem.Invalid("addresses", $"{AddressRange.Shown(wrong)} is no address and no range of addresses.",
                "Write one like 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48.");
        }
        if (AddressesFrom is { } from && Scopes.PowerOf(terms.Scopes) >= from && terms.Addresses.Count == 0)
        {
            yield return Problem.Invalid("addresses", "A token with these scopes says where it is used from.",
                "Name the addresses of the program's machine, or choose fewer scopes.");
        }
    }
}

/// <summary>Ranges of network addresses, as tokens name them (RFC 4632 and RFC 4291, section 2.3).</summary>
public static class AddressRange
{
    /// <summary>The range of a text such as <c>192.0.2.0/24</c> or of one address; null for anything else.</summary>
    public static IPNetwork? Read(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) && !text.Contains('%', StringComparison.Ordinal)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }

    /// <summary>Whether the address lies in one of the ranges. IPv4 in IPv6's clothes (RFC 4291, 2.5.5.2) is IPv4.</summary>
    public static bool Holds(IEnumerable<string> ranges, string? address)
    {
        if (!IPAddress.TryParse(address, out var asked)) return false;
        if (asked.IsIPv4MappedToIPv6) asked = asked.MapToIPv4();
        return ranges.Any(range => Read(range)?.Contains(asked) == true);
    }

    internal static string Shown(string text) => text.Length > 60 || text.Any(char.IsControl) ? "One of them" : text;
}
