using Portal.Domain.Common;

namespace Portal.Domain.Machines;

/// <summary>What has to end when a machine takes attended runs alone from now on. Runs implement it.</summary>
public interface IAttendedOnly
{
    /// <summary>Ends what lies somewhere for unattended runs of a machine.</summary>
    Task DemandedAsync(Caller caller, Id<Machine> machine, CancellationToken cancel);
}
