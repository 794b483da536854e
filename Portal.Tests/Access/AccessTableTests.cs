using System.Text;
using Portal.Domain.AccessTokens;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

/// <summary>
/// Everything that can be asked, asked by everybody: every field of GraphQL's roots, every route of REST and every page, made of the
/// schema, the OpenAPI document and the routes themselves. What comes of it is docs/access.md; a difference fails.
/// </summary>
public sealed class AccessTableTests(AccessGround ground) : IClassFixture<AccessGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_of_who_may_what_is_what_the_portal_does()
    {
        var text = new StringBuilder(Words);
        foreach (var (title, rows) in new (string, IReadOnlyList<AccessRow>)[]
        {
            ("Pages", [.. PageRows.Of(ground)]), ("GraphQL", [.. GraphQLRows.Of(ground)]), ("REST", await RestRows.OfAsync(ground, Cancel)),
        })
        {
            await ground.RefillAsync();
            text.Append(null, $"\n## {title}\n\n").Append(Line(["", .. ground.Askers.Select(asker => asker.Name), "token with one scope"]));
            text.Append(Line([.. Enumerable.Repeat("---", ground.Askers.Count + 2)]));
            foreach (var row in rows) text.Append(Line(await CellsAsync(row)));
        }
        var kept = Repository.PathOf("docs", "access.md");
        var expected = File.Exists(kept) ? await File.ReadAllTextAsync(kept, Cancel) : "";
        if (text.ToString() == expected) return;
        var made = Path.Combine(Path.GetTempPath(), "portal-access.md");
        await File.WriteAllTextAsync(made, text.ToString(), Cancel);
        var differences = text.ToString().Split('\n').Except(expected.Split('\n')).Take(20);
        Assert.Fail($"The portal does what docs/access.md does not say. If it is meant so, take {made}.\n{string.Join('\n', differences)}");
    }

    private async Task<IReadOnlyList<string>> CellsAsync(AccessRow row)
    {
        var cells = new List<string> { $"`{row.Name}`" };
        foreach (var asker in ground.Askers) cells.Add(await row.AskAsync(asker, Cancel));
        var passed = new List<Scope>();
        foreach (var (scope, asker) in ground.Single)
            if (await row.AskAsync(asker, Cancel) == Verdict.May) passed.Add(scope);
        cells.Add(passed.Count == 0 ? "none" : passed.Count == ground.Single.Count ? "any" : string.Join(' ', passed.Select(Scopes.NameOf)));
        return cells;
    }

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private const string Words = """
        # Who may what

        This table is made by asking: Portal.Tests/Access has everybody ask for everything, and fails where the portal does something
        else than stands here. A new field, route or page without a line fails too.

        There is a project with a machine, an endpoint, a workflow, a run and an invitation, all of its owner's. Persons ask GraphQL and
        pages with their session, and REST with a token for everything. The tokens on the right are the owner's: one is expired,
        one revoked, one for another project, one for other addresses. The last column tells which scope, alone, lets a token of the
        owner's do it. The installation auditor is a member of nothing here.

        `yes`: it was answered, or refused for another reason than who asks. `no`: refused, and told why. `–`: for who asks there is no
        such thing. `who?`: who asks has to say first who they are.

        """;
}
