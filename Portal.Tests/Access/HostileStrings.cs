using System.Text;

namespace Portal.Tests.Access;

/// <summary>Strings that somebody sends who wants something else to happen: shell, schedulers, SQL, HTML, templates, paths, headers, formats,
/// and what Unicode can do. The same seed gives the same ones.</summary>
internal static class HostileStrings
{
    /// <summary>What a tag or a handler of ours in a page would be called.</summary>
    public const string Mark = "hostile";

    /// <summary>As many as are wanted, each another one.</summary>
    /// <param name="count">How many.</param>
    /// <param name="canary">A file that is made if a shell runs one of them.</param>
    /// <param name="seed">Where chance begins.</param>
    /// <param name="listener">Who hears it when one of them is fetched.</param>
    public static IReadOnlyList<string> Make(int count, string canary, int seed, string listener = "http://127.0.0.1:9")
    {
        var chance = new Random(seed);
        var cores = (IReadOnlyList<string>)[.. Cores(canary), .. OfPrograms(canary, listener)];
        var made = new HashSet<string>();
        for (var number = 0; made.Count < count; number++)
        {
            // Each as it stands first, then with others around it, bent and repeated.
            var core = cores[number % cores.Count];
            made.Add(number < cores.Count ? core : Bend(core, cores, chance));
        }
        return [.. made];
    }

    private static string Bend(string core, IReadOnlyList<string> cores, Random chance) => chance.Next(8) switch
    {
        0 => cores[chance.Next(cores.Count)] + core,
        1 => $"name{chance.Next(1_000_000)}{core}",
        2 => core + Unicode[chance.Next(Unicode.Length)] + chance.Next(1000),
        3 => string.Concat(Enumerable.Repeat(core, 1 + chance.Next(20))) + chance.Next(1000),
        4 => Uri.EscapeDataString(core) + chance.Next(1000),
        5 => $"\"{core}\"{chance.Next(1000)}",
        6 => $"{chance.Next(1000)}'{core}'",
        _ => Insert(core, Unicode[chance.Next(Unicode.Length)], chance.Next(core.Length + 1)) + chance.Next(1000),
    };

    private static string Insert(string text, string what, int at) => new StringBuilder(text).Insert(at, what).ToString();

    private static readonly string[] Unicode =
    [
        "\u202e", "\u200b", "\ufeff", "\u0000", "\u001b[2J", "\u2028", "\u0301\u0301\u0301", "\U0001f4a9", "\ufffe", "ﬃ", "İ", "\u00a0",
        "\ud83d", "\udc00", "\u2066", "／", "＜", "＇",
    ];

    // For what the portal starts: schedulers, awk, curl, git, and whatever fetches.
    private static IReadOnlyList<string> OfPrograms(string canary, string listener) =>
    [
        $"\n#SBATCH --output={canary}\n", $"--wrap=touch {canary}", $"-o {canary}", $"x --output={canary}", "%j%x%A", "() { :; }; touch " + canary,
        $"\"; system(\"touch {canary}\"); \"", $"/e touch {canary}", $"ext::sh -c touch% {canary}", $"\"\noutput = \"{canary}\"\n",
        $"\"\nurl = \"{listener}/curl\"\n", $"x\r\nSTOR {canary}", $"$(curl {listener}/shell)", $"`curl {listener}/ticks`",
        $"<img src={listener}/image>", $"<style>@import '{listener}/style'</style>", $"<iframe src={listener}/frame>",
        $"'; create table canary (); copy (select 1) to '{canary}'; --", $"\\! touch {canary}", $"@{canary}", $"=cmd|'/c touch {canary}'!A1",
    ];

    private static IReadOnlyList<string> Cores(string canary) =>
    [
        $"$(touch {canary})", $"`touch {canary}`", $"; touch {canary} #", $"| touch {canary}", $"&& touch {canary}", $"\ntouch {canary}\n",
        $"'; touch {canary}; '", $"\"; touch {canary}; \"", $"$(<{canary})", $"-oProxyCommand=touch {canary}", $"--upload-pack=touch {canary}",
        "${IFS}", "$HOME", "~root", "*", "?", "[a-z]", "{a,b}", "!!", "\\", "-rf", "--help", "-",
        "' or 1=1 --", "'; drop table accounts.users; --", "\" or \"\"=\"", "1; select pg_sleep(30)", "$1", ":id", "%' and '%'='", "\\'; --",
        "<script>window.hostile=1</script>", "<img src=x onerror=window.hostile=1>", "\"><svg onload=window.hostile=1>",
        "javascript:window.hostile=1", "<hostile>", "</textarea><script>window.hostile=1</script>", "&lt;script&gt;", "<!--", "]]>",
        "'-window.hostile=1-'", "<a href='javascript:window.hostile=1'>x</a>", "data:text/html,<script>window.hostile=1</script>",
        "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "${{ run.id }}", "${{ parameters.secret }}", "@(7*7)", "%{7*7}", "{0}", "{0:N}", "%s%n%x",
        "${jndi:ldap://127.0.0.1/a}", "../../../../etc/passwd", "..\\..\\windows", "/etc/passwd", "%2e%2e%2f%2e%2e%2f", "....//....//",
        "file:///etc/passwd", "//evil.example.org/x", "http://169.254.169.254/latest", "con", "nul.txt", ".", "..", "/", "a/b/../../c",
        "x\r\nSet-Cookie: hostile=1", "x\r\n\r\n<hostile>", "x\nLocation: https://evil.example.org", "a\tb", " ", "",
        "*a", "&a [*a]", "!!python/object:os.system", "- - - -", "key: [", "\"", "'", "| >", "---", "#", "%YAML 9.9",
        "null", "undefined", "NaN", "true", "0", "-1", "1e999", "9223372036854775808", "0x41", "٣", "01-01-1970", "P1Y",
        new string('a', 300), new string('(', 3000), string.Concat(Enumerable.Repeat("é", 400)), new string('\u0301', 500),
    ];
}
