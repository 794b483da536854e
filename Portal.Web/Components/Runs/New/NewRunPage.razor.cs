using Microsoft.AspNetCore.Components;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.Web.Accounts;
using Portal.Web.Components.Projects;

namespace Portal.Web.Components.Runs.New;

public sealed partial class NewRunPage : IDisposable
{
    private const long MostBytes = 1 << 20;
    // A message from a page is bounded, and a character may take four bytes of it.
    private const int MostTyped = 400_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RunDraft draft = new();
    private readonly RunSubmission submission;
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource typing = new();
    private IReadOnlyList<MachineOffer> machines = [];
    private IReadOnlyList<WorkflowView> workflows = [];
    private IReadOnlyList<Problem>? fileProblems;
    private Membership? membership;
    private Workflow? workflow;
    private MachineOffer? machine;
    private Id<Run>? done;
    private Id<Run> id;
    private string? again;
    private int version;
    private bool own, loaded, named;

    /// <summary>An empty form.</summary>
    public NewRunPage() => submission = new(draft);

    [Inject] private CallerFactory Callers { get; set; } = default!;
    [Inject] private CurrentProject Current { get; set; } = default!;
    [Inject] private ListMachinesHandler Machines { get; set; } = default!;
    [Inject] private ShowCredentialHandler Credentials { get; set; } = default!;
    [Inject] private ListWorkflowsHandler Workflows { get; set; } = default!;
    [Inject] private ShowWorkflowHandler Describe { get; set; } = default!;
    [Inject] private ShowRunHandler Show { get; set; } = default!;
    [Inject] private SubmitRunHandler Submit { get; set; } = default!;
    [Inject] private IChance Chance { get; set; } = default!;
    [Inject] private NavigationManager Where { get; set; } = default!;

    /// <summary>A workflow to begin with.</summary>
    [SupplyParameterFromQuery(Name = "workflow")] public string? Wanted { get; set; }

    /// <summary>A machine to begin with.</summary>
    [SupplyParameterFromQuery(Name = "machine")] public string? On { get; set; }

    /// <summary>A run to begin from.</summary>
    [SupplyParameterFromQuery] public string? Again { get; set; }

    /// <summary>The id that the run will have. It stands in the address, so that a second tab of the same form is the same
    /// run.</summary>
    [SupplyParameterFromQuery] public string? Form { get; set; }

    private string Fresh => Where.GetUriWithQueryParameter("form", Chance.NewGuid().ToString("n"));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        membership = await Current.GetAsync();
        loaded = true;
        if (membership is null) return;
        var caller = await Callers.PageAsync();
        id = Id<Run>.TryParse(Form, out var asked) ? asked : new(Chance.NewGuid());
        if (Form is not null && (await Show.HandleAsync(caller, id, null, gone.Token)).Ok)
        {
            done = id;
            return;
        }
        machines = await MachineOffer.AllAsync(caller, membership.Project, Machines, Credentials, gone.Token);
        var stored = await Workflows.HandleAsync(caller, membership.Project, new([], "title", Limit: 200), gone.Token);
        workflows = stored.Value?.Items ?? [];
        var ready = machines.Where(offer => offer.Ready).ToList();
        machine = ready.FirstOrDefault(offer => offer.View.Id.ToString() == On) ?? (ready.Count == 1 ? ready[0] : null);
        if (Id<Run>.TryParse(Again, out var earlier)) await RepeatAsync(caller, earlier);
        else if (workflows.Count > 0) await TakeStoredAsync(Wanted);
        else TakeOwn();
    }

    // Not before the router listens in the browser: until then a change of address loads the document anew.
    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (named || Form is not null || id == default) return;
        named = true;
        Where.NavigateTo(Where.GetUriWithQueryParameter("form", id.ToString()), replace: true);
    }

    // Another form in the same tab: everything stays, the run is another.
    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (done is null || !Id<Run>.TryParse(Form, out var asked) || asked == done) return;
        done = null;
        await OnInitializedAsync();
    }

    private async Task RepeatAsync(Caller caller, Id<Run> earlier)
    {
        var found = await Show.HandleAsync(caller, earlier, null, gone.Token);
        if (!found.Ok)
        {
            submission.Refused = found.Problems;
            return;
        }
        var request = found.Value.State.Request;
        (again, submission.Name) = (request.Name, request.Name);
        machine = machines.FirstOrDefault(offer => offer.Ready && offer.View.Id == request.MachineId) ?? machine;
        foreach (var (parameter, value) in request.Parameters)
            draft.Give(parameter, value);
        if (request.WorkflowId is { } stored && await Describe.HandleAsync(caller, stored, gone.Token) is { Ok: true } described)
            (workflow, version) = (described.Value, request.WorkflowVersion ?? described.Value.Versions[^1].Number);
        own = workflow is null;
        draft.Read(request.Description);
        Recheck();
    }

    private async Task TakeStoredAsync(string? wanted = null)
    {
        own = false;
        await ChooseAsync(wanted ?? workflow?.Id.ToString() ?? workflows[0].Id.ToString());
    }

    private void TakeOwn()
    {
        own = true;
        Recheck();
    }

    private async Task ChooseAsync(string? wanted)
    {
        var caller = await Callers.PageAsync();
        var chosen = Id<Workflow>.TryParse(wanted, out var asked) ? asked : workflows[0].Id;
        var found = await Describe.HandleAsync(caller, chosen, gone.Token);
        if (!found.Ok)
        {
            submission.Refused = found.Problems;
            return;
        }
        if (workflow?.Id != found.Value.Id) draft.Forget();
        workflow = found.Value;
        ChooseVersion($"{workflow.Versions[^1].Number}");
    }

    private void ChooseVersion(string? wanted)
    {
        var chosen = workflow?.Versions.FirstOrDefault(one => $"{one.Number}" == wanted);
        if (chosen is null) return;
        version = chosen.Number;
        draft.Read(chosen.Text);
        Recheck();
    }

    // What is typed is read when the typing rests.
    private async Task TypeAsync(string text)
    {
        await typing.CancelAsync();
        typing.Dispose();
        typing = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        var rest = typing.Token;
        try
        {
            await Task.Delay(Pause, rest);
        }
        catch (OperationCanceledException)
        {
            return; // more was typed, or the page was left
        }
        draft.Read(text);
        Recheck();
    }

    private void TakeFile(Result<string> file)
    {
        fileProblems = file.Problems;
        if (!file.Ok) return;
        draft.Read(file.Value);
        Recheck();
    }

    private void Name(string? value)
    {
        submission.Name = value ?? "";
        Recheck();
    }

    private void Recheck() => submission.Recheck(id);

    private async Task SubmitAsync()
    {
        (Id<Workflow>, int)? stored = own || workflow is null ? null : (workflow.Id, version);
        if (await submission.SubmitAsync(await Callers.PageAsync(), id, membership!.Project, machine, stored, Submit, gone.Token))
            Where.NavigateTo($"/runs/{id}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        typing.Dispose();
    }
}
