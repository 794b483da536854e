using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Access;

/// <summary>One who asks: what it is called in the table, and how it reaches the doors.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Signed">With a session's cookie where it is a person, else with a token: GraphQL and pages.</param>
/// <param name="Token">With an access token: REST.</param>
public sealed record Asker(string Name, HttpClient Signed, HttpClient Token);

/// <summary>A project of its owner's with one of everything in it, and everybody who may ask about it.</summary>
public sealed partial class AccessGround(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>The name of somebody else who may say who somebody is; nobody answers there.</summary>
    public const string Provider = "elsewhere";

    /// <summary>The settings of it.</summary>
    internal static readonly string[] ProviderSettings =
    [
        .. from one in (string[])["AuthorizationEndpoint=https://id.example.org/authorize", "TokenEndpoint=https://id.example.org/token",
               "UserEndpoint=https://id.example.org/user", "ClientId=portal", "ClientSecret=x"]
           select $"--Portal:Providers:{Provider}:{one}",
    ];

    private readonly List<IDisposable> open = [];
    private readonly List<(Caller Caller, Role Role)> members = [];
    private Func<Task> refill = () => Task.CompletedTask;
    private TestPortal portal = null!;
    private MemberGround ground = null!;

    /// <summary>The portal.</summary>
    public TestPortal Portal => portal;

    /// <summary>Persons, and tokens that differ from their owner in one respect.</summary>
    public IReadOnlyList<Asker> Askers { get; private set; } = [];

    /// <summary>The owner's tokens with one scope each.</summary>
    public IReadOnlyList<(Scope Scope, Asker Asker)> Single { get; private set; } = [];

    /// <summary>What there is, by its name in GraphQL: ids as keys.</summary>
    public Dictionary<string, string> Things { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A thing's id as GraphQL has it.</summary>
    public string Global(string thing, string? type = null) => new GlobalId(type ?? thing, Things[thing]).ToString();

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync(postgres, default, ["--Portal:Roles=web", "--Portal:Limits:PerToken=0", "--Portal:Limits:PerAccount=0",
            "--Portal:Limits:PerAddress=0", "--Portal:Seals:Patience=00:00:00", .. ProviderSettings]);
        ground = new MemberGround(portal);
        var administrator = await PersonAsync("administrator");
        var auditor = await PersonAsync("installation auditor");
        await HappenAsync<Portal.Domain.Accounts.Account>(auditor.Caller.User!.Value.Value, new Portal.Domain.Accounts.AuditorNamed(auditor.Caller.User.Value));
        var (owner, stranger) = (await PersonAsync("owner"), await PersonAsync("stranger"));
        var visits = new List<Person>();
        var (project, other) = (await ground.ProjectAsync(owner.Caller), await ground.ProjectAsync(owner.Caller));
        foreach (var role in (Role[])[Role.Viewer, Role.Auditor, Role.Submitter, Role.Maintainer])
        {
            var person = await PersonAsync(role.ToString().ToLowerInvariant());
            visits.Add(person);
            members.Add((person.Caller, role));
        }
        (Things["Other"], Things["Administrator"]) = (other.ToString(), administrator.Caller.User.ToString()!);
        Things["Guest"] = (await ground.SignUpAsync()).User.ToString()!;
        var hold = new Id<RetentionHold>(Guid.CreateVersion7());
        await HappenAsync<RetentionHold>(hold.Value, new RetentionHoldPlaced(
            hold, HeldKind.Project, other.Value, "case 7", null, administrator.Caller.User!.Value));
        Things["RetentionHold"] = hold.ToString();
        await OldAsync(administrator.Caller, owner.Caller);
        var archive = Guid.CreateVersion7();
        _ = PortalGround.Ok(await portal.Services.GetRequiredService<Ledger>().AppendAsync(administrator.Caller, [new(EventArchives.StreamOf(archive), 0,
            [new StreamsArchived(archive, "archive.zip", 1, new('0', 64), 1, 1, new('0', 64))])], default));
        Things["Archive"] = archive.ToString("n");
        refill = () => FillAsync(owner, administrator.Caller, stranger.Caller, project);
        await refill();
        var nobody = Keep(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address });
        var persons = new List<Asker> { new("anonymous", nobody, nobody) };
        foreach (var (caller, visit, name, _) in (IEnumerable<Person>)[stranger, .. visits, owner, auditor, administrator])
            persons.Add(new(name, visit.Http, await ProgramAsync(caller, new TokenRules().Terms(name))));
        var half = Keep(await HalfSignedIn.Async(portal, Cancel));
        Askers =
        [
            .. persons, new("password alone", half.Http, half.Http),
            await OneAsync("expired", owner.Caller, expired: true),
            await OneAsync("revoked", owner.Caller, revoked: true),
            await OneAsync("wrong project", owner.Caller, project: other),
            await OneAsync("wrong address", owner.Caller, addresses: ["192.0.2.0/24"]),
        ];
        var single = new List<(Scope, Asker)>();
        foreach (var scope in Scopes.All) single.Add((scope, await OneAsync(Scopes.NameOf(scope), owner.Caller, [scope])));
        Single = single;
    }

    /// <summary>Makes one of everything anew, and members of those who left: what was asked may have ended something.</summary>
    public Task RefillAsync() => refill();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open) one.Dispose();
        await portal.DisposeAsync();
    }

    private async Task<Person> PersonAsync(string name)
    {
        var mail = MemberGround.Address();
        var visit = Keep(await CookieVisit.SignUpAsync(portal.Address, Cancel, mail));
        using var answer = await visit.Http.PostAsJsonAsync("graphql", new { query = "{ viewer { id } }" }, Cancel);
        var id = (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancel)).GetProperty("data").GetProperty("viewer").GetProperty("id");
        Assert.True(GlobalId.TryParse(id.GetString()!, out var user));
        return new(new(Id<Portal.Domain.Accounts.User>.Parse(user.Id), null, "page", false, Guid.CreateVersion7(), "127.0.0.1"), visit, name, mail);
    }

    private async Task<Asker> OneAsync(string name, Caller owner, IReadOnlyCollection<Scope>? scopes = null, Id<Project>? project = null,
        IReadOnlyList<string>? addresses = null, bool expired = false, bool revoked = false)
    {
        var program = await ProgramAsync(owner, new TokenRules().Terms(name, scopes, project, addresses) with
        {
            Life = expired ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromHours(1),
        }, revoked);
        return new(name, program, program);
    }

    private async Task<HttpClient> ProgramAsync(Caller owner, TokenTerms terms, bool revoked = false)
    {
        var made = await ground.Get<Ledger>().TokenAsync(owner, terms);
        if (revoked) PortalGround.Ok(await ground.Get<RevokeAccessTokenHandler>().HandleAsync(owner, made.Id, Cancel));
        var http = Keep(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text);
        return http;
    }

    private sealed record Person(Caller Caller, CookieVisit Visit, string Name, string Mail);

    private T Keep<T>(T one) where T : IDisposable
    {
        open.Add(one);
        return one;
    }
}
