using Microsoft.AspNetCore.Components;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.AccountsLive;

/// <summary>The accounts of the installation, for its administrators; for everybody else there is no such page.</summary>
public sealed partial class PeoplePage
{
    private const int PageSize = 50;

    private ListedAccounts? people;
    private ConfirmDialog? confirm;
    private EraseForm? erase;
    private RemoveFactorsForm? factors;
    private Id<User>? me;
    private string? shown;
    private string typed = "";
    private long total;

    /// <summary>Part of a name or an address.</summary>
    [SupplyParameterFromQuery(Name = "search")] private string? Search { get; set; }

    /// <summary>The person that the page begins behind.</summary>
    [SupplyParameterFromQuery(Name = "after")] private string? After { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (shown is null || shown == Address(Search, AfterId)) return;
        await LoadAsync(Gone);
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var caller = await Callers.PageAsync();
        (me, typed, shown) = (caller.User, Search ?? "", Address(Search, AfterId));
        var found = await List.HandleAsync(caller, new(Search, AfterId, PageSize), cancel);
        people = found.Value;
        if (people is null)
        {
            Where.NotFound();
            return;
        }
        total = (await List.CountAsync(caller, Search, cancel)).Value;
    }

    /// <inheritdoc/>
    protected override bool Wants(Recorded recorded) =>
        recorded.Body is AccountDisabled or AccountEnabled or AdministratorNamed or AdministratorRemoved
        or AuditorNamed or AuditorRemoved or AccountErased or SecondFactorAdded or SecondFactorRemoved or SecondFactorsRemoved;

    private Id<User>? AfterId => Id<User>.TryParse(After, out var id) ? id : null;

    private static string Address(string? search, Id<User>? after)
    {
        var asked = new List<string>();
        if (!string.IsNullOrWhiteSpace(search)) asked.Add($"search={Uri.EscapeDataString(search)}");
        if (after is { } id) asked.Add($"after={id}");
        return asked.Count == 0 ? "/admin/users" : $"/admin/users?{string.Join('&', asked)}";
    }

    private void SearchAsync() => Where.NavigateTo(Address(typed.Trim(), null));

    private async Task DisableAsync(ListedAccount person)
    {
        if (!await confirm!.AskAsync($"Disable {person.Entry.Name}?",
            "They are signed out everywhere within seconds, their access tokens open nothing, and nothing runs with their keys "
            + "any more. Jobs that a scheduler has already go on.", "Disable", danger: true)) return;
        Say(await Disable.HandleAsync(await Callers.PageAsync(), new(person.Entry.User), CancellationToken.None),
            $"{person.Entry.Name} is disabled.");
        await LoadAsync(Gone);
    }

    private async Task EnableAsync(ListedAccount person)
    {
        Say(await Enable.HandleAsync(await Callers.PageAsync(), new(person.Entry.User), CancellationToken.None),
            $"{person.Entry.Name} may sign in again.");
        await LoadAsync(Gone);
    }

    private async Task SignOutAsync(ListedAccount person)
    {
        if (!await confirm!.AskAsync($"Sign out {person.Entry.Name} everywhere?",
            "Their pages on all devices close within seconds. They may sign in again at once.", "Sign out", danger: true,
            choice: "Revoke their access tokens as well")) return;
        var tokens = confirm.Chosen;
        var ended = await End.HandleAsync(await Callers.PageAsync(), new(person.Entry.User, tokens), CancellationToken.None);
        var more = tokens ? ", and has no access token any more" : "";
        if (ended.Ok) Toasts.Good($"{person.Entry.Name} is signed out everywhere{more}.");
        else Toasts.Bad(ProblemWords.Words(ended.Problems[0]));
        await LoadAsync(Gone);
    }

    private async Task ChangeAsync(ListedAccount person)
    {
        var (name, make) = (person.Entry.Name, !person.Administrator);
        var agreed = await confirm!.AskAsync(
            make ? $"Make {name} an administrator?" : $"Remove {name} as an administrator?",
            make ? "They disable and enable accounts, and name administrators. They see no project that they are not a member of."
                : "They stay what they are in their projects.", make ? "Make administrator" : "Remove", danger: !make);
        if (!agreed) return;
        Say(await Change.HandleAsync(await Callers.PageAsync(), new(person.Entry.User, make), CancellationToken.None),
            make ? $"{name} is an administrator now." : $"{name} is no administrator any more.");
        await LoadAsync(Gone);
    }

    private async Task AuditAsync(ListedAccount person)
    {
        var (name, make) = (person.Entry.Name, !person.Auditor);
        var agreed = await confirm!.AskAsync(
            make ? $"Make {name} an auditor?" : $"Remove {name} as an auditor?",
            make ? "They see every project, personal ones too, with all that happened there, and change nothing. What they read is "
                + "recorded." : "They see only projects that they are a member of.", make ? "Make auditor" : "Remove", danger: true);
        if (!agreed) return;
        Say(await ChangeAuditor.HandleAsync(await Callers.PageAsync(), new(person.Entry.User, make), CancellationToken.None),
            make ? $"{name} is an auditor now." : $"{name} is no auditor any more.");
        await LoadAsync(Gone);
    }

    private void Say(Result<AccountStanding> done, string words)
    {
        if (done.Ok) Toasts.Good(words);
        else Toasts.Bad(ProblemWords.Words(done.Problems[0]));
    }
}
