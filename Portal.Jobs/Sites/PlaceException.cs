using Portal.Domain.Common;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites;

/// <summary>Whether a fault may pass by itself, and whether the act may have happened.</summary>
public enum FaultKind
{
    /// <summary>Nothing was done; trying again later may help (refused connection, busy server).</summary>
    Transient,
    /// <summary>It may or may not have been done: look before anything is tried again (lost connection, time limit).</summary>
    Unknown,
    /// <summary>Trying again will not help until somebody acts (host key changed, login refused, no space).</summary>
    Blocking,
    /// <summary>It can never succeed as asked (the file does not exist).</summary>
    Final,
}

/// <summary>A fault of a machine, an endpoint or the network between, by name and in plain words. Holds no secret.</summary>
public sealed class PlaceException(FaultKind kind, Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    /// <summary>What may be done about it.</summary>
    public FaultKind Kind { get; } = kind;

    /// <summary>The jump host that it is about, as the machine's settings name it; null for the place itself.</summary>
    public string? JumpHost { get; init; }

    /// <summary>Its name, evidence and advice.</summary>
    public Failure Failure { get; } = failure;

    /// <summary>The same as an answer to somebody who asked for what could not be had.</summary>
    public Problem ToProblem() => new(Failure.Name.ToString(), Failure.Message, Advice: Failure.Advice);
}
