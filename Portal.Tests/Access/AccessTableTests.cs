using System.Text;
using Portal.Domain.AccessTokens;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

/// <summary>
/// Everything that can be asked, asked by everybody: every field of GraphQL that asks for itself, every page and every other
/// address, made of the schema and of the addresses that a running portal has. What comes of it is docs/access.md; a difference
/// fails, and so does a row in which nobody gets an answer, as it would say the same if nobody were asked for who they are.
/// </summary>
public sealed class AccessTableTests(AccessGround ground) : IClassFixture<AccessGround>
{
    // Rows in which nobody gets an answer, and why.
    private static readonly Dictionary<string, string> Unanswered = new()
    {
        ["page /dev/parts"] = "it is there while the portal is developed alone",
        ["GET /{path}"] = "it stands behind the files of the build, for those that came later",
        ["HEAD /{path}"] = "the same",
        ["POST /runs/{id}/approval"] = "it takes a person, and persons do not ask REST: Rest/ApprovalTests.cs",
        ["GET /audit/seal-keys.pem"] = "it is for everybody, and nothing is sealed there: Browser/WholeAuditJourney.cs",
        ["query recordedEvent.archive"] = "nothing is archived there: Domain/Retention/ArchiveTests.cs",
        ["query run.archive"] = "nothing is archived there: Domain/Retention/ArchiveTests.cs",
    };

    private static readonly string Made = Path.Combine(Path.GetTempPath(), "portal-access.md");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_of_who_may_what_is_what_the_portal_does()
    {
        var (text, silent) = (new StringBuilder(Words), new List<string>());
        foreach (var (title, rows) in new (string, IReadOnlyList<AccessRow>)[]
        {
            ("Pages", [.. PageRows.Of(ground)]), ("GraphQL", [.. GraphQLRows.Of(ground)]), ("REST", RestRows.Of(ground)),
            ("Other addresses", OtherRows.Of(ground)),
        })
        {
            await ground.RefillAsync();
            text.Append(null, $"\n## {title}\n\n").Append(Line(["", .. ground.Askers.Select(asker => asker.Name),
                "token with one scope"]));
            text.Append(Line([.. Enumerable.Repeat("---", ground.Askers.Count + 2)]));
            foreach (var row in rows)
            {
                var cells = await CellsAsync(row);
                text.Append(Line(cells));
                if (!cells.Contains(Verdict.May) && !Unanswered.ContainsKey(row.Name)) silent.Add(row.Name);
            }
        }
        await File.WriteAllTextAsync(Made, text.ToString(), Cancel);
        Assert.True(silent.Count == 0,
            $"Nobody gets an answer, so these test nothing; AccessGround lacks what they ask for: {string.Join(", ", silent)}");
        var kept = Repository.PathOf("docs", "access.md");
        var expected = File.Exists(kept) ? await File.ReadAllTextAsync(kept, Cancel) : "";
        if (text.ToString() == expected) return;
        var differences = text.ToString().Split('\n').Except(expected.Split('\n')).Take(20);
        Assert.Fail($"The portal does what docs/access.md does not say. If it is meant so, take {Made}.\n{string.Join('\n', differences)}");
    }

    private async Task<IReadOnlyList<string>> CellsAsync(AccessRow row)
    {
        var cells = new List<string> { $"`{row.Name}`" };
        foreach (var asker in ground.Askers) cells.Add(await row.AskAsync(asker, Cancel));
        var passed = new List<Scope>();
        foreach (var (scope, asker) in ground.Single)
            if (await row.AskAsync(asker, Cancel) == Verdict.May) passed.Add(scope);
        cells.Add(passed.Count == 0 ? "none" : passed.Count == ground.Single.Count ? "any" : string.Join(' ', passed
            .Select(Scopes.NameOf)));
        return cells;
    }

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private const string Words = """
        # Who may what

        This table is made by asking: Portal.Tests/Access has everybody ask for everything, and fails where the portal does
        something else than stands here. A new field, route or page without a line fails too. Of GraphQL there is a line for
        each field of the roots and for each that is looked up when it is asked for. All others are seen by whoever sees what
        they are part of: Portal.Tests/Access/fields.txt has every field, each as one or the other.

        There is a project with a machine, an endpoint, a workflow, runs and an invitation, all of its owner's. One run is under
        way, one failed, one was approved, one waits for a second look. Persons ask GraphQL, pages and other addresses with
        their session, and REST with a token for everything; `POST /tokens` takes a session. One has given the right password
        alone, and not yet the code. The tokens on the right are the owner's: one is expired, one revoked, one for another
        project, one for other addresses. The last column tells which scope, alone, lets a token of the owner's do it. The
        installation auditor is a member of nothing here.

        `yes`: it was answered, or refused for another reason than who asks. `no`: refused, and told why. `–`: for who asks
        there is no such thing. `who?`: who asks has to say first who they are.

        """;
}
