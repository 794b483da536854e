using System.Globalization;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>Refuses operations that ask for too much, before anything of them runs.</summary>
internal sealed class OperationLimits(Schema schema, ExecutorOptions options)
{
    public GraphQLError? Refuse(OperationPlan plan, IReadOnlyDictionary<string, object?>? variables, out double cost)
    {
        var known = plan.Cost ??= new CostWalk(schema, options, plan.Fragments).Walk(plan);
        cost = 0;
        if (known.Refusal is { } refusal)
        {
            return refusal;
        }
        cost = known.CostOf(variables);
        if (cost <= options.MaxCost)
        {
            return null;
        }
        var asked = cost.ToString("0", CultureInfo.InvariantCulture);
        var most = options.MaxCost.ToString("0", CultureInfo.InvariantCulture);
        return new GraphQLError($"The operation costs {asked}, and at most {most} is allowed: ask for smaller pages.")
        {
            Extensions = new OrderedDictionary<string, object?>
            {
                ["code"] = ErrorCodes.TooCostly,
                ["cost"] = cost,
                ["limit"] = options.MaxCost,
            },
        };
    }
}
