using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport;

/// <summary>What becomes of a subscription whose source fails or is left.</summary>
internal static class Faults
{
    public const string NoLonger = "You may not follow this any more.";

    // Only what was meant for clients is told. The host hears of the rest.
    public static GraphQLError Tell(Exception failed, TransportOptions options)
    {
        if (failed is GraphQLException meant)
        {
            return Tell(meant);
        }
        var error = GraphQLError.Of(TransportCodes.SourceFailed, "The subscription ended, as its source failed.") with
        {
            Fault = failed,
        };
        return options.SourceFailed is { } filter ? filter(error) : error;
    }

    public static GraphQLError Tell(GraphQLException meant) =>
        new GraphQLError(meant.Message) { Extensions = meant.Extensions };

    // A source may be closed only when it does not move; what it throws then concerns nobody any more.
    public static async Task CloseAsync(IAsyncEnumerator<ExecutionResult> source, Task<bool>? moving)
    {
        try
        {
            if (moving is not null && await moving)
            {
                source.Current.Dispose();
            }
        }
        catch (Exception)
        {
            // It was told, or it was cancelled.
        }
        try
        {
            await source.DisposeAsync();
        }
        catch (Exception)
        {
            // Likewise.
        }
    }
}
