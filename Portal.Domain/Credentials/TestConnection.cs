using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>Tries a machine step by step with the caller's key.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="SecurityToken">Unseals the private key; used at once and kept nowhere.</param>
public sealed record TestConnection(Id<Machine> Machine, string SecurityToken);

/// <summary>Handles <see cref="TestConnection"/>: who may submit.</summary>
public sealed class TestConnectionHandler(
    Ledger ledger, Access access, IDocuments documents, KeyOpening keys, IMachineProbe probe, ReportHostKeyChangedHandler hostKeys)
{
    /// <summary>The steps as they are done; a refusal is a step as well, named <c>token</c> or <c>host-key</c>.</summary>
    public async Task<Result<IAsyncEnumerable<CheckStep>>> HandleAsync(Caller caller, TestConnection command, CancellationToken cancel)
    {
        var machine = await MachineAccess.FindAsync(documents, access, caller, command.Machine, Operation.TestConnection, cancel);
        if (!machine.Ok) return Result.Refused<IAsyncEnumerable<CheckStep>>(machine.Problems);
        if (machine.Value.State == MachineState.HostKeyUnconfirmed)
            return new Problem("HOST_KEY_UNCONFIRMED", "The machine's host key has not been confirmed yet.", "machine", Advice: "Confirm it first.");
        var credential = await ActiveCredential.FindAsync(documents, command.Machine, caller.User!.Value, cancel);
        if (credential is null) return ActiveCredential.Needed;
        var key = await keys.OpenAsync(credential, command.SecurityToken, cancel);
        return key.Ok
            ? Result.Of(StepsAsync(caller, machine.Value, credential.Id, key.Value, cancel))
            : Result.Refused<IAsyncEnumerable<CheckStep>>(key.Problems);
    }

    private async IAsyncEnumerable<CheckStep> StepsAsync(Caller caller, MachineView machine, Id<Credential> credential, byte[] key,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var steps = new List<CheckStep>();
        await foreach (var step in probe.CheckAsync(machine, key, cancel))
        {
            steps.Add(step);
            yield return step;
        }
        var ok = steps.Count > 0 && steps.TrueForAll(step => step.Ok);
        await ledger.AppendAsync(caller,
            [new(Ledger.StreamOf<Machine>(machine.Id.Value), IEventStore.AnyVersion, [new MachineChecked(machine.Id, credential.Value, ok, steps)]),
             new(Ledger.StreamOf<Credential>(credential.Value), IEventStore.AnyVersion, [new CredentialTested(credential, ok)])], cancel);
        // Another key than the confirmed one stops the machine, whoever meets it first.
        if (steps.Find(step => step is { Name: "host-key", Ok: false }) is { } mismatch)
            await hostKeys.HandleAsync(caller, machine.Id, mismatch.Message, mismatch.JumpHost, cancel);
    }
}
