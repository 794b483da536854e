using Portal.Domain.Common;

namespace Portal.Web.Components.Runs;

/// <summary>Which problems belong to the field of the security token.</summary>
public static class TokenWords
{
    /// <summary>Whether the problem is about the token that was given.</summary>
    public static bool IsAboutToken(Problem problem) =>
        problem.Field == "securityToken" || problem.Code.StartsWith("TOKEN_", StringComparison.Ordinal);

    /// <summary>The problem with its advice, for below the field.</summary>
    public static string Says(Problem problem) =>
        problem.Advice is null ? problem.Message : $"{problem.Message} {problem.Advice}";
}
