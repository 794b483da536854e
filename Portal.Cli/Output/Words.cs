using System.Text.Json;

namespace Portal.Cli.Output;

/// <summary>Constants of the schema as people read and type them: <c>FETCHING_INPUTS</c> is <c>FetchingInputs</c>.</summary>
public static class Words
{
    /// <summary>For people.</summary>
    public static string Of(string constant) =>
        string.Concat(constant.Split('_').Where(part => part.Length > 0).Select(part =>
            part[..1] + part[1..].ToLowerInvariant()));

    /// <summary>For the portal, from what a person typed in either way.</summary>
    public static string Constant(string word) =>
        word.Any(char.IsAsciiLetterLower) ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(word) : word;
}
