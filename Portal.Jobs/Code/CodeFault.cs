using System.Text.RegularExpressions;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Code;

/// <summary>Names what goes wrong with code; no user part of a URL gets into a message.</summary>
internal static partial class CodeFault
{
    /// <summary>The fault behind git's words about a repository.</summary>
    public static PlaceException OfRepository(string url, GitOutcome outcome)
    {
        var (words, place) = (Clean(outcome.Error), Clean(url));
        if (Has(words, "not found", "does not exist", "does not appear to be a git", "no such file", "no such repository", "access denied or repository not exported"))
            return Final(FailureName.CodeMissing, $"There is no repository at {place}.", words, "Check the URL.");
        if (Has(words, "could not read Username", "Authentication failed", "Permission denied", "Host key verification failed", "returned error: 403"))
            return new(FaultKind.Blocking, new(FailureName.LoginRefused, $"The repository {place} cannot be read without a login.", words,
                "Make it readable for the portal."));
        if (Has(words, "transport '") && Has(words, "not allowed"))
            return Final(FailureName.InvalidDescription, $"Code is not fetched by this protocol: {place}.", words, "Use https, ssh or git.");
        return new(FaultKind.Transient, new(FailureName.Unreachable, $"The repository {place} cannot be reached.", words,
            "Check the URL if it lasts."));
    }

    /// <summary>A fault that no repetition heals.</summary>
    public static PlaceException Final(FailureName name, string message, string? evidence = null, string? advice = null) =>
        new(FaultKind.Final, new(name, message, evidence is null ? null : Clean(evidence), advice));

    /// <summary>The text without the user part of any URL in it.</summary>
    public static string Clean(string text) => UserPart().Replace(text, "$1");

    private static bool Has(string text, params string[] words) => words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"([a-z][a-z0-9+.-]*://)[^/@\s'""]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserPart();
}
