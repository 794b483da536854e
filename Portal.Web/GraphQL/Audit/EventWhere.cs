using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Which events; all conditions that are given must hold.</summary>
/// <param name="Types">Only those of these types, such as <c>run_failed</c>.</param>
/// <param name="Run">Only those of this run.</param>
/// <param name="Machine">Only those of this machine.</param>
[Name("EventFilter")]
public sealed record EventWhere(IReadOnlyList<string>? Types = null, [Id("Run")] Id<Run>? Run = null,
    [Id("Machine")] Id<Machine>? Machine = null)
{
    /// <summary>The conditions as handlers take them; none given takes all.</summary>
    public static EventFilter Filter(EventWhere? where)
    {
        string?[] streams =
        [
            where?.Run is { } run ? Ledger.StreamOf<Run>(run.Value) : null,
            where?.Machine is { } machine ? Ledger.StreamOf<Machine>(machine.Value) : null,
        ];
        return new(where?.Types, streams.OfType<string>().ToArray() is { Length: > 0 } named ? named : null);
    }
}
