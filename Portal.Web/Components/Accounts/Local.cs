namespace Portal.Web.Components.Accounts;

/// <summary>Keeps "where to go afterwards" within this portal.</summary>
public static class Local
{
    /// <summary>The path when it is one of ours, else the start page.</summary>
    public static string Path(string? wanted) =>
        wanted is ['/', ..] && !wanted.StartsWith("//", StringComparison.Ordinal)
            && !wanted.StartsWith("/\\", StringComparison.Ordinal)
            && !wanted.Any(char.IsControl)
            ? wanted
            : "/";
}
