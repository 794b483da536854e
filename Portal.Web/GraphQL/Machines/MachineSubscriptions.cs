using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Machines;

/// <summary>What became of a machine.</summary>
/// <param name="Position">Where to go on.</param>
/// <param name="Machine">The machine as it is now.</param>
public sealed record MachineUpdate(long Position, MachineNode Machine);

/// <summary>Following machines.</summary>
[SubscriptionType]
public static class MachineSubscriptions
{
    /// <summary>A machine as it is now, and again whenever something happens to it; with a position only the latter.</summary>
    public static IAsyncEnumerable<MachineUpdate> GetMachineAsync([Id("Machine")] Id<Machine> id, [Caller] Caller caller,
        FollowMachineHandler machines, long? after = null, CancellationToken cancel = default) =>
        machines.HandleAsync(caller, id, after, cancel)
            .ValuesAsync(change => new MachineUpdate(change.Position, new(change.Machine)), cancel);
}
