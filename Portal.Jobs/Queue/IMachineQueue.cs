using Portal.Domain.Common;
using Portal.Domain.Machines;

namespace Portal.Jobs.Queue;

/// <summary>The queue of machines that have work. A machine is worked on by one node at a time; when that node dies, another takes over.</summary>
public interface IMachineQueue
{
    /// <summary>Queues a machine; one that is queued or worked on already stays as it is.</summary>
    Task WorkOnAsync(Id<Machine> machine, CancellationToken cancel);
}
