namespace Portal.Web.Composition;

/// <summary>A secret of the configuration, which may lie in a file of its own.</summary>
public static class Secret
{
    /// <summary>The text, or what the file holds where one is named, without the end of its last line.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string text, string file) => file.Length == 0 ? text : File.ReadAllText(file).TrimEnd('\r', '\n');
}
