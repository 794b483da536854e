using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Portal.Domain.Credentials;
using Portal.Tests.Browser;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>What a secret is, which tells where it may stand in what passes between a portal and its users.</summary>
public enum SecretKind
{
    /// <summary>Somebody gives it: it is in a request, and in no answer.</summary>
    Given,

    /// <summary>The portal makes it: it is in the one answer that shows it, and in requests.</summary>
    Shown,

    /// <summary>It is in the headers for cookies, and nowhere else.</summary>
    Cookie,
}

/// <summary>A secret and what it is called where it is found.</summary>
public sealed record Secret(string Name, SecretKind Kind);

/// <summary>A secret that was found.</summary>
/// <param name="Secret">Which.</param>
/// <param name="Form">How it was written.</param>
/// <param name="At">Where it begins.</param>
public sealed record Sighting(Secret Secret, string Form, int At);

/// <summary>Every secret that tests type or are shown, in one place, so that it can be looked for where portals were.</summary>
public sealed class Secrets
{
    // Shorter or more uniform than this, it would be found by chance.
    private const int Shortest = 10;
    private const int FewestSigns = 6;

    private readonly ConcurrentDictionary<string, (Secret Secret, byte[] Bytes)> all = [];
    private int added;
    private (int Count, Dictionary<ulong, List<(byte[] Bytes, Secret Secret, string Form)>> Index, bool[] Filter) known = (-1, [], []);

    public Secrets()
    {
        // What every key of OpenSSH begins with, as lines and as bytes.
        Add("a private key", "OPENSSH PRIVATE KEY");
        Add("a private key", "openssh-key-v1\0");
        // What most tests sign up with.
        Add("a person's password", Visit.Password);
    }

    /// <summary>How many there are.</summary>
    public int Count => all.Count;

    /// <summary>Those of all tests.</summary>
    public static Secrets Known { get; } = new();

    /// <summary>Notes one of a test's, and gives it back.</summary>
    public static string Note(string name, string secret, SecretKind kind = SecretKind.Given)
    {
        Known.Add(name, secret, kind);
        return secret;
    }

    /// <summary>Adds one; what is too short or uniform to be told from chance is left out.</summary>
    public void Add(string name, string secret, SecretKind kind = SecretKind.Given)
    {
        if (secret.Length >= Shortest && secret.Distinct().Count() >= FewestSigns)
            Keep(secret, (new(name, kind), Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>Adds one that is no text.</summary>
    public void Add(string name, byte[] secret) => Keep(Convert.ToHexString(secret), (new(name, SecretKind.Given), secret));

    /// <summary>Where they stand in some bytes, in any of the forms of <see cref="SecretForms"/>.</summary>
    public IEnumerable<Sighting> Search(byte[] bytes)
    {
        var (_, index, filter) = Index();
        var found = new List<Sighting>();
        for (var at = 0; at + sizeof(ulong) <= bytes.Length; at++)
        {
            var begin = MemoryMarshal.Read<ulong>(bytes.AsSpan(at));
            if (!filter[Place(begin)] || !index.TryGetValue(begin, out var candidates)) continue;
            foreach (var (wanted, secret, form) in candidates)
                if (bytes.AsSpan(at).StartsWith(wanted)) found.Add(new(secret, form, at));
        }
        return found;
    }

    private (int Count, Dictionary<ulong, List<(byte[] Bytes, Secret Secret, string Form)>> Index, bool[] Filter) Index()
    {
        lock (all)
        {
            // Before they are taken: one that comes meanwhile is taken twice rather than not at all.
            var count = Volatile.Read(ref added);
            if (known.Count == count) return known;
            var pairs = all.ToArray();
            var (index, filter) = (new Dictionary<ulong, List<(byte[], Secret, string)>>(), new bool[1 << 16]);
            foreach (var (text, (secret, itself)) in pairs)
                foreach (var (form, bytes) in SecretForms.Of(itself).Concat(OfToken(text)))
                {
                    var begin = MemoryMarshal.Read<ulong>(bytes);
                    filter[Place(begin)] = true;
                    if (!index.TryGetValue(begin, out var same)) index[begin] = same = [];
                    same.Add((bytes, secret, form));
                }
            return known = (count, index, filter);
        }
    }

    private void Keep(string text, (Secret, byte[]) secret)
    {
        if (all.TryAdd(text, secret)) Interlocked.Increment(ref added);
    }

    // A security token is as good without its dashes, and as the bytes that it stands for.
    private static IEnumerable<(string Form, byte[] Bytes)> OfToken(string text) => SealingToken.Read(text) is { Ok: true } read
        ? SecretForms.Of(Encoding.UTF8.GetBytes(text["portal-".Length..].Replace("-", "", StringComparison.Ordinal)))
            .Concat(SecretForms.Of(read.Value))
        : [];

    private static int Place(ulong begin) => (int)(begin * 0x9E37_79B9_7F4A_7C15 >> 48);
}
