using System.Text;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

/// <summary>Requests and their answers as text.</summary>
internal static class Asking
{
    public static Task<string> AskAsync(this Schema schema, string query, object? root = null) =>
        new RequestExecutor(schema).AskAsync(new GraphQLRequest { Query = query, Root = root });

    public static Task<string> AskAsync(this RequestExecutor executor, string query) =>
        executor.AskAsync(new GraphQLRequest { Query = query });

    public static async Task<string> AskAsync(
        this RequestExecutor executor, GraphQLRequest request, CancellationToken cancel = default)
    {
        using var result = await executor.ExecuteAsync(request, cancel);
        return Text(result);
    }

    public static string Text(this ExecutionResult result) => Encoding.UTF8.GetString(result.Payload.Span);
}
