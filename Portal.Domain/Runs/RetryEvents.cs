using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A run that had failed or was cancelled goes on; a lease is granted with it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="MachineId">Where it runs.</param>
/// <param name="RetriedBy">Who wants it.</param>
/// <param name="From">The phase in which it goes on.</param>
/// <param name="Steps">Steps that get another attempt.</param>
[EventType("run_retried")]
public sealed record RunRetried(
    Id<Run> RunId, Id<Machine> MachineId, Id<User> RetriedBy, Phase From, IReadOnlyList<string> Steps);

/// <summary>What a retry keeps was looked for on the machine; what is named here was not found, and is made again.</summary>
/// <param name="RunId">The run.</param>
/// <param name="GoneTransfers">Inputs that are gone, or hold something else than what arrived.</param>
/// <param name="GoneCode">Whether the code is gone.</param>
/// <param name="GoneSteps">Steps that ended well, but what they left is gone, and those after them.</param>
[EventType("kept_checked")]
public sealed record KeptChecked(
    Id<Run> RunId, IReadOnlyList<string> GoneTransfers, bool GoneCode, IReadOnlyList<string> GoneSteps);
