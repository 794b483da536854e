using System.Security.Cryptography;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Workflows;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Handles <see cref="SubmitRun"/>: who may submit, with a credential of their own on the machine.</summary>
public sealed class SubmitRunHandler(
    Ledger ledger, Access access, IDocuments documents, KeyOpening keys, ILeaseKeys leases, Admission admission, IChance chance,
    ApprovalDemand approvals)
{
    /// <summary>Checks everything before anything is kept; then the lease's key is kept, then the facts.</summary>
    /// <returns>The run as it is now, with its version.</returns>
    public async Task<Result<Loaded<Run>>> HandleAsync(Caller caller, SubmitRun command, CancellationToken cancel)
    {
        var reached = await MachineAccess.ReachAsync(
            documents, access, caller, command.Machine, Operation.SubmitRun, command.Project, cancel);
        if (!reached.Ok) return Result.Refused<Loaded<Run>>(reached.Problems);
        var ((machine, project), user) = (reached.Value, caller.User!.Value);
        if (command.Workflow is null
            && await access.RefusalAsync(caller, project, Operation.SubmitDescription, "machine", cancel) is { } notThis)
            return notThis;
        if (SubmitRun.NotReady(machine) is { } notReady) return notReady;
        if (LeaseAsked.Refusal(leases, command.LeaseFor, command.Attended, machine) is { } refusal) return refusal;

        var chosen = await DescriptionAsync(caller, command, project, cancel);
        if (!chosen.Ok) return Result.Refused<Loaded<Run>>(chosen.Problems);
        var (text, workflow, version) = chosen.Value;
        var description = WorkflowParser.Parse(text);
        if (!description.Ok) return Result.Refused<Loaded<Run>>(description.Problems);
        var parameters = ParameterValues.Bind(description.Value.Parameters, command.Parameters);
        if (!parameters.Ok) return Result.Refused<Loaded<Run>>(parameters.Problems);
        var name = string.IsNullOrWhiteSpace(command.Name) ? description.Value.Title : command.Name.Trim();
        if (Common.Names.Check("name", name, PlanResolver.MaximumName) is { } badName) return badName;
        var plan = PlanResolver.Resolve(description.Value, parameters.Value, command.Id.ToString(), name);
        if (!plan.Ok) return Result.Refused<Loaded<Run>>(plan.Problems);
        var unknown = await UnknownEndpointsAsync(project, plan.Value, cancel);
        if (unknown.Count > 0) return Result.Refused<Loaded<Run>>(unknown);

        var credential = await ActiveCredential.FindAsync(documents, machine.Id, user, cancel);
        if (credential is null)
            return new Problem("CREDENTIAL_NEEDED", $"You have no key for {machine.Settings.Name} yet.", "machine",
                Advice: "Open the machine's page and make one; it takes a minute.");
        var key = await keys.OpenAsync(credential, command.SecurityToken, cancel);
        if (!key.Ok) return Result.Refused<Loaded<Run>>(key.Problems);
        try
        {
            var submitted = SubmitRun.Request(command, project, machine, credential, user, description.Value, text, workflow,
                version, name,
                parameters.Value, plan.Value);
            return await WriteAsync(caller, submitted, SubmitRun.LeaseEnd(plan.Value, command.LeaseFor, chance.Now), command.Attended, key.Value, cancel);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Value);
        }
    }

    private async Task<Result<Loaded<Run>>> WriteAsync(
        Caller caller, RunSubmitted submitted, DateTimeOffset until, bool attended, byte[] key, CancellationToken cancel)
    {
        var terms = new LeaseTerms(new(chance.NewGuid()), submitted.RunId, submitted.CredentialId, until, attended);
        await leases.KeepAsync(terms, key, cancel);
        var granted = new LeaseGranted(submitted.RunId, terms.Lease, terms.Credential, submitted.SubmittedBy, until, attended);
        var approval = await approvals.OfAsync(submitted.ProjectId, submitted.RunId, cancel);
        // A new run is the rule: written without looking. Only an id that is taken is looked at: the same form again, or another's.
        var facts = SubmitRun.Decide(Run.Empty, submitted, granted, approval).Value!;
        var first = await admission.AppendAsync(caller, submitted.ProjectId, submitted.RunId, Demand.Of(submitted.Plan),
            new(Ledger.StreamOf<Run>(submitted.RunId.Value), 0, facts), cancel);
        if (first.Ok)
        {
            var run = facts.Aggregate(Run.Empty, (before, fact) => before.After(fact, first.Value.Time));
            return new Loaded<Run>(run, first.Value.Versions[0]);
        }
        // There is no room for a new one; the same form again is no new one.
        var written = first.Problems[0].Code == Standing.Code
            && (await ledger.LoadAsync<Run>(submitted.RunId.Value, cancel)).Version == 0
            ? Result.Refused<Run>(first.Problems)
            : await ledger.ChangeAsync<Run>(
                caller, submitted.RunId.Value, state => SubmitRun.Decide(state, submitted, granted, approval), cancel);
        // A repeat of the same form, or a refusal, has no use for the lease that was kept for it.
        if (!written.Ok || written.Value.Lease?.Id != terms.Lease) await leases.ForgetAsync(terms.Lease, cancel);
        if (!written.Ok) return Result.Refused<Loaded<Run>>(written.Problems);
        return await ledger.LoadAsync<Run>(submitted.RunId.Value, cancel);
    }

    private async Task<Result<(string Text, Id<Workflow>? Workflow, int? Version)>> DescriptionAsync(
        Caller caller, SubmitRun command, Id<Project> project, CancellationToken cancel)
    {
        if (command.Workflow is not { } id)
        {
            return command.Description is { Length: > 0 } text
                ? (text, null, null)
                : Problem.Invalid("workflow", "A workflow or a description is needed.", "Choose a workflow, or paste its description.");
        }
        var workflow = await new ShowWorkflowHandler(ledger, access).HandleAsync(caller, id, cancel);
        if (!workflow.Ok) return Result.Refused<(string, Id<Workflow>?, int?)>(workflow.Problems);
        if (workflow.Value.Project != project)
            return new Problem("OTHER_PROJECT", "The workflow and the machine belong to different projects.", "workflow");
        var version = command.WorkflowVersion is { } number
            ? workflow.Value.Versions.FirstOrDefault(candidate => candidate.Number == number)
            : workflow.Value.Versions[^1];
        return version is null ? Problem.NotFound("version of this workflow") : (version.Text, id, version.Number);
    }

    private async Task<IReadOnlyList<Problem>> UnknownEndpointsAsync(Id<Project> project, RunPlan plan, CancellationToken cancel)
    {
        var named = plan.Inputs.Select(input => input.From).Concat(plan.Outputs.Select(output => output.To))
            .Where(location => location.IsEndpoint).Select(location => location.Host).Distinct().ToArray();
        if (named.Length == 0) return [];
        var known = await documents.QueryAsync<EndpointView>(new(
            [new("project", Comparison.Equal, project.ToString()), new("name", Comparison.In, named)], Limit: named.Length), cancel);
        return [.. named.Except(known.Items.Select(endpoint => endpoint.Name)).Select(name => new Problem("UNKNOWN_ENDPOINT",
            $"The project has no endpoint called {name}.", Advice: "Register it under Data, or correct its name in the workflow."))];
    }
}
