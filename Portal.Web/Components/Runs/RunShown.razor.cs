using Microsoft.AspNetCore.Components;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Accounts;
using Portal.Web.Components.Live;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

public sealed partial class RunShown : LivePage
{
    private static readonly string[] Known = ["steps", "transfers", "logs", "results", "events", "about"];

    private readonly TransferRates rates = new();
    private readonly List<Recorded> fresh = [];
    private IReadOnlyDictionary<Id<User>, string> names = new Dictionary<Id<User>, string>();
    private IReadOnlyList<Problem>? refused;
    private ConfirmDialog? confirm;
    private RetryDialog? retry;
    private Caller? caller;
    private Run? run;
    private ArchivedRun? archived;
    private string usual = "steps";
    private string stream = "";
    private long version;

    [Inject] private CallerFactory Callers { get; set; } = default!;
    [Inject] private ShowRunHandler Show { get; set; } = default!;
    [Inject] private ShowArchivedRunHandler ShowArchived { get; set; } = default!;
    [Inject] private CancelRunHandler Cancelling { get; set; } = default!;
    [Inject] private RevokeLeaseHandler Revoking { get; set; } = default!;
    [Inject] private IPeople People { get; set; } = default!;
    [Inject] private NavigationManager Where { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;

    /// <summary>The run.</summary>
    [Parameter, EditorRequired] public Id<Run> RunId { get; set; }

    /// <summary>Which part of it is open; null for the usual one.</summary>
    [Parameter] public string? Tab { get; set; }

    /// <summary>The step whose log is open.</summary>
    [Parameter] public string? Step { get; set; }

    /// <summary>The array task whose log is open.</summary>
    [Parameter] public int? Task { get; set; }

    /// <summary>The attempt whose log is open.</summary>
    [Parameter] public int? Attempt { get; set; }

    private string Open => Known.Contains(Tab) ? Tab! : usual;

    private bool Mine => run?.Submitted is { } request && request.SubmittedBy == caller?.User;

    private IEnumerable<(string Key, string Word, string? Count)> Tabs
    {
        get
        {
            var plan = run!.Request.Plan;
            var moved = run.Transfers.Values.Where(transfer => transfer.Done).ToList();
            var arrived = moved.Count(transfer => transfer.Key.StartsWith("output", StringComparison.Ordinal));
            yield return ("steps", "Steps", $"{run.Steps.Count(step => step.Status == StepStatus.Succeeded)}/{run.Steps.Count}");
            yield return ("transfers", "Transfers", $"{moved.Count}/{plan.Inputs.Count + plan.Outputs.Count}");
            yield return ("logs", "Logs", null);
            yield return ("results", "Results", $"{arrived}/{plan.Outputs.Count}");
            yield return ("events", "Events", Format.Count(version));
            yield return ("about", "Description", null);
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        caller = await Callers.PageAsync();
        stream = Ledger.StreamOf<Run>(RunId.Value);
        var found = await Show.HandleAsync(caller, RunId, null, cancel);
        if (found is { Ok: false, Problems: [{ Code: "STREAM_ARCHIVED" }] })
            archived = (await ShowArchived.HandleAsync(caller, RunId, cancel)).Value;
        if (archived is { Run: var kept })
        {
            names = await People.NamesAsync([kept.SubmittedBy], cancel);
            return;
        }
        if (!found.Ok)
        {
            Where.NotFound();
            return;
        }
        (run, version) = (found.Value.State, found.Value.Version);
        usual = run.Phase == Phase.Succeeded && run.Request.Plan.Outputs.Count > 0 ? "results" : "steps";
        names = await People.NamesAsync([run.Request.SubmittedBy], cancel);
    }

    /// <inheritdoc/>
    protected override bool Wants(Recorded recorded) => recorded.Stream == stream;

    /// <inheritdoc/>
    protected override Task OnEventsAsync(IReadOnlyList<Recorded> events, CancellationToken cancel)
    {
        // What was loaded already comes once more; it is known by its version.
        foreach (var recorded in events.Where(recorded => run is not null && recorded.Version > version))
        {
            (run, version) = (run!.Apply(recorded), recorded.Version);
            rates.Note(recorded);
            fresh.Add(recorded);
            if (recorded.Body is RunSucceeded && run.Request.Plan.Outputs.Count > 0)
                Toasts.Good("The run succeeded; its results are there.", TabAddress("results"));
        }
        // The part with the events takes them up while it is drawn; what nobody will ask for again is let go.
        if (fresh.Count > 2 * RunEvents.Size)
            fresh.RemoveRange(0, fresh.Count - RunEvents.Size);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private string Name(Id<User> person) => names.NameOf(person);

    private string TabAddress(string tab) => $"/runs/{RunId}?tab={tab}";

    private async Task CancelAsync()
    {
        var says = RunCancelling.Says(run!);
        if (!await confirm!.AskAsync("Cancel this run?", says, "Cancel run", danger: true, no: "Keep it running"))
            return;
        var answer = await Cancelling.HandleAsync(await Callers.PageAsync(), new(RunId), Gone);
        refused = answer.Problems;
        if (answer.Ok)
            Toasts.Say(answer.Value.Phase.IsFinal() ? "The run had ended already." : "The run is being cancelled.");
    }

    private async Task RevokeAsync()
    {
        const string what = "The portal deletes the key that it holds for this run, at once. A job that runs goes on, but the portal sees "
            + "nothing of it and moves no file until you give your security token again.";
        if (!await confirm!.AskAsync("Revoke the lease?", what, "Revoke lease", danger: true))
            return;
        var answer = await Revoking.HandleAsync(await Callers.PageAsync(), RunId, Gone);
        refused = answer.Problems;
        if (answer.Ok)
            Toasts.Say("The lease is revoked.");
    }
}
