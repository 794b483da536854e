using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Jobs.Pipeline;

/// <summary>What led to what in a run: the submission to its phases, a phase to its steps and transfers, a step to its job, a job to its
/// end, and the last fact to the run's.</summary>
internal sealed class RunCauses
{
    // By the step or the transfer: what began it, or its job.
    private readonly Dictionary<(Type, string), Guid> _begun = [];
    private Guid? _request, _phase, _last;

    /// <summary>Facts as events, each with what led to it.</summary>
    public IReadOnlyList<NewEvent> Named(IReadOnlyList<object> facts, IChance chance)
    {
        var next = Copy();
        var events = new List<NewEvent>(facts.Count);
        foreach (var fact in facts)
        {
            events.Add(new(chance.NewGuid(), fact, next.Of(fact)));
            next.See(events[^1].Id, fact);
        }
        return events;
    }

    /// <summary>A fact has been written.</summary>
    public void See(Guid id, object fact)
    {
        // That a key was used leads to nothing.
        if (fact is not CredentialUsed) _last = id;
        switch (fact)
        {
            case RunSubmitted or RunRetried:
                (_request, _phase) = (id, id);
                _begun.Clear();
                break;
            case PhaseEntered:
                _phase = id;
                break;
            case StepSubmitting step:
                _begun[Step(step.Step)] = id;
                break;
            case JobSubmitted job:
                _begun[Step(job.Step)] = id;
                break;
            case TransferStarted transfer:
                _begun[Transfer(transfer.Transfer)] = id;
                break;
        }
    }

    private Guid? Of(object fact) => fact switch
    {
        PhaseEntered => _request,
        RunSucceeded or RunFailed or RunCancelled => _last,
        JobSubmitted job => Begun(Step(job.Step)),
        JobObserved job => Begun(Step(job.Step)),
        StepSubmissionUnclear step => Begun(Step(step.Step)),
        StepNotSubmitted step => Begun(Step(step.Step)),
        StepEnded step => Begun(Step(step.Step)),
        TransferProgressed transfer => Begun(Transfer(transfer.Transfer)),
        TransferCompleted transfer => Begun(Transfer(transfer.Transfer)),
        _ => _phase,
    };

    private Guid? Begun((Type, string) what) => _begun.TryGetValue(what, out var id) ? id : _phase;

    // The facts of one writing lead to one another before they are written; whether they are is known later.
    private RunCauses Copy()
    {
        var copy = new RunCauses { _request = _request, _phase = _phase, _last = _last };
        foreach (var (what, id) in _begun) copy._begun[what] = id;
        return copy;
    }

    private static (Type, string) Step(string name) => (typeof(StepSubmitting), name);

    private static (Type, string) Transfer(string name) => (typeof(TransferStarted), name);
}
