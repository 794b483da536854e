using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;
using Portal.Cli.Past;
using Portal.Cli.Runs;

namespace Portal.Cli.Projects;

/// <summary><c>portal project</c>: what people share.</summary>
public static class ProjectCommands
{
    private static readonly string[] Roles = ["viewer", "auditor", "submitter", "maintainer", "owner"];

    /// <summary>The command.</summary>
    public static Command Make() =>
        new("project", "Projects and who is in them") { List(), Show(), Create(), QuotasCommand.Make(), Members(), Invite(),
            Remove() };

    private static Command List() => new Command("list", "The projects that you are in").Does(async (parsed, portal, cancel) =>
    {
        var projects = await ProjectsAsync(portal, cancel).ToListAsync(cancel);
        parsed.Show(projects, () => Print.Table(projects, ("key", p => p.Key), ("name", p => p.Name),
            ("role", p => p.Role.ToLowerInvariant())));
        return ExitCode.Well;
    });

    private static Command Show()
    {
        var (project, at) = (Named(), PastCommands.At());
        return new Command("show", "A project and who is in it, as it is or as it was") { project, at }
            .Does(async (parsed, portal, cancel) =>
        {
            var id = await IdAsync(portal, parsed.GetValue(project)!, cancel);
            if (parsed.GetValue(at) is { } moment) return await ThingAt.ShowAsync(parsed, portal, "ProjectAt", id, moment,
                cancel);
            var found = await portal.AskAsync<Project>(new("Projects", "ShowProject"), new { id }, cancel);
            var members = await MembersAsync(portal, id, cancel).ToListAsync(cancel);
            parsed.Show(new { project = found, members }, () =>
            {
                Print.Fields(("Project", found.Key), ("Name", found.Name), ("Your role", found.Role.ToLowerInvariant()));
                Console.Out.WriteLine();
                Print.Table(members, ("name", m => m.Person.Name ?? "erased"), ("role", m => m.Role.ToLowerInvariant()));
            });
            return ExitCode.Well;
        });
    }

    private static Command Create()
    {
        var name = new Argument<string>("name") { Description = "What its members shall call it" };
        return new Command("create", "Make a project; you become its owner") { name }.Does(async (parsed, portal, cancel) =>
        {
            var input = new { name = parsed.GetValue(name) };
            var made = await portal.ChangeAsync<Project>(new("Projects", "CreateProject"), input, cancel);
            parsed.Show(made, () => Print.Fields(("Project", made.Key), ("Name", made.Name)));
            return ExitCode.Well;
        });
    }

    private static Command Members()
    {
        var project = Named();
        return new Command("members", "Who is in a project, as what") { project }.Does(async (parsed, portal, cancel) =>
        {
            var id = await IdAsync(portal, parsed.GetValue(project)!, cancel);
            var members = await MembersAsync(portal, id, cancel).ToListAsync(cancel);
            parsed.Show(members, () => Print.Table(members, ("person", m => m.Person.Id), ("name", m => m.Person.Name ?? "erased"),
                ("role", m => m.Role.ToLowerInvariant())));
            return ExitCode.Well;
        });
    }

    private static Command Invite()
    {
        var project = Named();
        var address = new Argument<string>("address") { Description = "The mail address that they sign in with, or will" };
        var role = new Option<string>("--role")
        {
            Description = "What they shall be: viewer, if nothing is said", DefaultValueFactory = _ => "viewer",
        };
        role.AcceptOnlyFromAmong(Roles);
        var command = new Command("invite", "Ask somebody in; the link is shown once") { project, address, role };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new
            {
                project = await IdAsync(portal, parsed.GetValue(project)!, cancel),
                role = parsed.GetValue(role)!.ToUpperInvariant(), address = parsed.GetValue(address),
            };
            var made = await portal.ChangeAsync<MadeInvitation>(new("Projects", "InviteMember"), input, cancel);
            var link = new Uri(Settings.Load(parsed.GetValue(CommandParts.Url), null).Portal(), made.Path).AbsoluteUri;
            parsed.Show(new ShownInvitation(link, made.Until),
                () => Print.Fields(("Link", link), ("Good until", $"{made.Until:u}")));
            return ExitCode.Well;
        });
    }

    private static Command Remove()
    {
        var project = Named();
        var member = new Argument<string>("member") { Description = "Their name, or the id that `members` shows" };
        var command = new Command("remove", "Take a member out of a project") { project, member };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var (id, given) = (await IdAsync(portal, parsed.GetValue(project)!, cancel), parsed.GetValue(member));
            var meant = await MembersAsync(portal, id, cancel)
                .Where(one => one.Person.Id == given || one.Person.Name == given).ToListAsync(cancel);
            if (meant is not [var only])
                throw new UsageException($"There is no one member called {given}; see `portal project members`.");
            var input = new { project = id, person = only.Person.Id };
            await portal.ChangeAsync<string>(new("Projects", "RemoveMember"), input, cancel);
            return ExitCode.Well;
        });
    }

    internal static Argument<string> Named() => new("project") { Description = "Key or name" };

    internal static async Task<string> IdAsync(PortalClient portal, string given, CancellationToken cancel)
    {
        if (GlobalId.Of("Project", given) is { } id) return id;
        return await ProjectsAsync(portal, cancel).Where(project => project.Name == given).ToListAsync(cancel) is [var one]
            ? one.Id
            : throw new UsageException($"You are in no one project with the key or name {given}; see `portal project list`.");
    }

    private static IAsyncEnumerable<Project> ProjectsAsync(PortalClient portal, CancellationToken cancel) =>
        portal.ListAsync<Viewer, Project>(
            new("Projects", "ListProjects"), after => new { after }, viewer => viewer.Projects, cancel);

    private static IAsyncEnumerable<Member> MembersAsync(PortalClient portal, string id, CancellationToken cancel) =>
        portal.ListAsync<ProjectMembers, Member>(
            new("Projects", "ListMembers"), after => new { id, after }, project => project.Members, cancel);
}
