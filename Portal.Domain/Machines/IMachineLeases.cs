using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Machines;

/// <summary>What has to end when a machine may not be used any more as it was. Runs implement it.</summary>
public interface IMachineLeases
{
    /// <summary>It takes attended runs alone from now on: ends what lies somewhere for others.</summary>
    Task EndUnattendedAsync(Caller caller, Id<Machine> machine, CancellationToken cancel);

    /// <summary>It is not shared with the project any more: ends what is lent to runs there.</summary>
    Task EndOfAsync(Caller caller, Id<Machine> machine, Id<Project> project, CancellationToken cancel);
}
