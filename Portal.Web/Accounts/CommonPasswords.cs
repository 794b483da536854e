namespace Portal.Web.Accounts;

/// <summary>Tells passwords that are tried first by who guesses (NIST SP 800-63B, 3.1.1.2): common words in a row, whatever
/// digits and signs stand between; one piece over and over; keys beside one another; and what zxcvbn's lists of the commonest
/// passwords, names and words make quickly (Wheeler, USENIX Security 2016).</summary>
public static class CommonPasswords
{
    // The shortest run along a row of keys, or of the alphabet, that is one.
    private const int Run = 4;

    // More words in a row are a phrase, and good.
    private const int MostWords = 3;

    // Beyond that a password is estimated by its beginning: the effort grows faster than its length.
    private const int MostEstimated = 72;

    // Of 0 to 4: crackable within some hours where each guess costs as little as a stolen hash does.
    private const int LeastScore = 2;

    private static readonly string[] Rows =
    [
        "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiopü", "yxcvbnm,.-",
        "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()_+",
    ];

    private static readonly string[] Runs = [.. Rows, .. Rows.Select(row => new string([.. row.Reverse()]))];

    private static readonly Lazy<HashSet<string>> Words = new(Read);

    // It has read its lists, which takes a while; nothing is said of its use by several at once.
    private static readonly Lazy<Zxcvbn.Zxcvbn> Estimator = new(() => new());

    /// <summary>Whether it is nothing but a short piece over and over, but for a few signs at its end.</summary>
    public static bool Repeats(string password)
    {
        var text = password.ToLowerInvariant();
        return Enumerable.Range(1, text.Length / 2).Any(piece =>
            Enumerable.Range(piece, text.Length - piece).TakeWhile(at => text[at] == text[at - piece]).Count() + piece
                >= Math.Max(2 * piece, text.Length - 3));
    }

    /// <summary>Whether it is nothing but runs of signs that follow one another, but for a few.</summary>
    public static bool IsSequence(string password)
    {
        var (text, covered) = (password.ToLowerInvariant(), 0);
        for (var at = 0; at < text.Length;)
        {
            var length = RunAt(text, at);
            covered += length >= Run ? length : 0;
            at += length >= Run ? length : 1;
        }
        return covered >= text.Length - 3;
    }

    /// <summary>Whether it is one to three common words, with digits and signs anywhere.</summary>
    public static bool IsCommon(string password)
    {
        var text = password.ToLowerInvariant();
        var plain = string.Concat(text.Where(char.IsLetter));
        var (first, last) = (Array.FindIndex([.. text], char.IsLetter), Array.FindLastIndex([.. text], char.IsLetter));
        var letters = first < 0 ? "" : string.Concat(text[first..(last + 1)].Select(Meant).Where(char.IsLetter));
        return IsWords(plain) || IsWords(letters);
    }

    /// <summary>Whether it is one of the commonest passwords, or little more than some of them, names or words in a row, bent in the
    /// usual ways.</summary>
    public static bool IsGuessedSoon(string password)
    {
        lock (Estimator)
            return Estimator.Value.EvaluatePassword(password[..Math.Min(password.Length, MostEstimated)]).Score < LeastScore;
    }

    private static bool IsWords(string letters)
    {
        // How few words each beginning of the text is made of.
        var fewest = new int[letters.Length + 1];
        for (var end = 1; end <= letters.Length; end++)
            fewest[end] = Enumerable.Range(0, end)
                .Where(start => fewest[start] <= MostWords && Words.Value.Contains(letters[start..end]))
                .Select(start => fewest[start] + 1).DefaultIfEmpty(MostWords + 1).Min();
        return letters.Length > 0 && fewest[^1] <= MostWords;
    }

    private static int RunAt(string text, int at)
    {
        var longest = 1;
        foreach (var row in Runs)
            for (var start = row.IndexOf(text[at], StringComparison.Ordinal); start >= 0;
                start = row.IndexOf(text[at], start + 1))
            {
                var length = 1;
                while (start + length < row.Length && at + length < text.Length && row[start + length] == text[at + length])
                    length++;
                longest = Math.Max(longest, length);
            }
        return longest;
    }

    // Signs that stand for letters.
    private static char Meant(char sign) => sign switch
    {
        '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => sign,
    };

    private static HashSet<string> Read()
    {
        var assembly = typeof(CommonPasswords).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(resource => resource.EndsWith("CommonPasswords.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))];
    }
}
