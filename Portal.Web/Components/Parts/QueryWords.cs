using System.Globalization;

namespace Portal.Web.Components.Parts;

/// <summary>What stands in the query of an address, which anybody can write: what is no number and no yes counts as not said. The
/// framework's own reading of numbers ends a page with a failure there.</summary>
public static class QueryWords
{
    /// <summary>A whole number; null for what is none.</summary>
    public static int? Number(string? word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether it says yes.</summary>
    public static bool Yes(string? word) => string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);
}
