using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>What commands a run's key is used for.</summary>
public enum KeyUse
{
    /// <summary>Bringing inputs and code to the machine.</summary>
    Stage,
    /// <summary>Looking whether what a retry keeps is still there.</summary>
    Check,
    /// <summary>Handing a step to the scheduler.</summary>
    Submit,
    /// <summary>Asking whether the scheduler has a step already.</summary>
    LookUp,
    /// <summary>Asking how a step's job stands, and taking its logs.</summary>
    Watch,
    /// <summary>Asking the scheduler to end a step's job.</summary>
    Cancel,
    /// <summary>Looking for the outputs.</summary>
    Collect,
    /// <summary>Sending outputs to their endpoints.</summary>
    Upload,
}

/// <summary>The run used the credential that it was lent. Told once for each credential, step and kind of commands, not for every
/// command: with the first fact that comes of them.</summary>
/// <param name="RunId">The run.</param>
/// <param name="CredentialId">The credential.</param>
/// <param name="LeaseId">Under which lease.</param>
/// <param name="Use">For what.</param>
/// <param name="Step">For which step; null for what serves the whole run.</param>
[EventType("credential_used")]
public sealed record CredentialUsed(Id<Run> RunId, Id<Credential> CredentialId, Id<Lease> LeaseId, KeyUse Use,
    string? Step = null);

/// <summary>Questions about what keys are used for.</summary>
public static class KeyUses
{
    /// <summary>What an act uses the key for, and for which step; null where it needs none.</summary>
    public static (KeyUse Use, string? Step)? Of(Act act) => act switch
    {
        Act.FetchInputs or Act.StageCode => (KeyUse.Stage, null),
        Act.CheckKept => (KeyUse.Check, null),
        Act.SubmitStep submit => (KeyUse.Submit, submit.Step.Id),
        Act.LookUp lookUp => (KeyUse.LookUp, lookUp.Step.Id),
        Act.Watch watch => (KeyUse.Watch, watch.Step.Id),
        Act.CancelStep cancel => (KeyUse.Cancel, cancel.Step.Id),
        Act.Collect => (KeyUse.Collect, null),
        Act.Upload => (KeyUse.Upload, null),
        _ => null,
    };
}
