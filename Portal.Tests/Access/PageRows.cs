namespace Portal.Tests.Access;

/// <summary>A row for every page. What stands on it is asked of the same handlers as everything else.</summary>
internal static class PageRows
{
    /// <summary>All of them, by their addresses.</summary>
    public static IEnumerable<AccessRow> Of(AccessGround ground) =>
        from path in Routes.OfPages(ground.Portal)
        orderby path
        select new AccessRow($"page {path}", async (asker, cancel) =>
        {
            using var answer = await asker.Signed.GetAsync(new Uri(Address(ground, path), UriKind.Relative), cancel);
            return Verdict.OfPage(answer);
        });

    private static string Address(AccessGround ground, string template)
    {
        var kind = template.Split('/')[1];
        var thing = kind.Length > 1 ? $"{char.ToUpperInvariant(kind[0])}{kind[1..^1]}" : "";
        return string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? ground.Things[thing] : part));
    }
}
