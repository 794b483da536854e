namespace Portal.Web.Components.Layout;

/// <summary>One place of the portal, as the navigation shows it.</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Icon">Name of its icon.</param>
/// <param name="Small">Whether it stands in the bar of a small screen too; the rest stands in the user menu there.</param>
public sealed record Place(string Href, string Label, string Icon, bool Small = true);

/// <summary>The places of the portal. A new capability adds its line here.</summary>
public static class Navigation
{
    /// <summary>In the order shown.</summary>
    public static readonly IReadOnlyList<Place> Places =
    [
        new("/runs", "Runs", "run"),
        new("/machines", "Machines", "machine"),
        new("/runs/new", "New run", "plus"),
        new("/workflows", "Workflows", "workflow"),
        new("/data", "Data", "data"),
        new("/approvals", "Approvals", "hand", Small: false),
        new("/reports", "Reports", "chart", Small: false),
        new("/audit", "Audit", "eye", Small: false),
    ];

    /// <summary>Whether this place is where the path is: the longest place that the path starts with.</summary>
    public static bool Active(Place place, string path)
    {
        ArgumentNullException.ThrowIfNull(place);
        var best = Places.Where(other => Under(other.Href, path)).MaxBy(other => other.Href.Length);
        return best == place;
    }

    private static bool Under(string href, string path) =>
        path == href || path.StartsWith(href + "/", StringComparison.Ordinal);
}
