namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// Where this engine answers otherwise, and means to: Portal.GraphQL/README.md says why. Each has its own mark in one of
/// the answers, so that nothing else slips through.
/// </summary>
public static class KnownDifferences
{
    /// <summary>The difference that explains two unlike answers; null if none does.</summary>
    public static string? Between(Dictionary<string, string> reference, Dictionary<string, string> ours)
    {
        var (theirErrors, ourErrors) = (Of(reference, "errors"), Of(ours, "errors"));
        if (IsAboutDescriptions(Of(reference, "syntax"), Of(ours, "syntax")))
        {
            return "operations, variables and fragments have descriptions since September 2025";
        }
        if (ourErrors.Contains("must not use `@skip` or `@include`", StringComparison.Ordinal))
        {
            return "the root of a subscription has no conditions since September 2025";
        }
        if (theirErrors.StartsWith("failed: Cannot read properties of undefined (reading 'type')", StringComparison.Ordinal))
        {
            return "the reference fails at an unknown variable in a oneOf input object";
        }
        return theirErrors == ourErrors && Of(ours, "parsed").Length > 0
            && WithoutWord(Of(ours, "parsed")) == WithoutWord(Of(reference, "parsed"))
            ? "behind a type without a body a query is printed with its word"
            : null;
    }

    private static bool IsAboutDescriptions(string theirs, string ours) =>
        theirs.StartsWith("Syntax Error: Unexpected description, ", StringComparison.Ordinal)
        || theirs.StartsWith("Syntax Error: Expected \"$\", found String", StringComparison.Ordinal)
        || theirs.StartsWith("Syntax Error: Expected \"$\", found BlockString", StringComparison.Ordinal)
        || ours.Contains("descriptions are not supported on shorthand queries", StringComparison.Ordinal);

    private static string WithoutWord(string printed) => printed.Replace("\n\nquery {", "\n\n{", StringComparison.Ordinal);

    private static string Of(Dictionary<string, string> answer, string question) => answer.GetValueOrDefault(question, "");
}
