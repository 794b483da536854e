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

    /// <summary>The address of another door that leads to the same place afterwards.</summary>
    public static string With(string door, string? wanted) =>
        Path(wanted) is "/" ? door : $"{door}?then={Uri.EscapeDataString(Path(wanted))}";

    /// <summary>Whether somebody comes with an invitation.</summary>
    public static bool IsInvitation(string? wanted) => Path(wanted) == "/invitation";
}
