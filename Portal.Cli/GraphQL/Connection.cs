namespace Portal.Cli.GraphQL;

/// <summary>A page of a list (Relay's cursor connections).</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Nodes">What is on the page.</param>
/// <param name="PageInfo">Whether another follows.</param>
public sealed record Connection<T>(IReadOnlyList<T> Nodes, PageInfo PageInfo);

/// <summary>What follows a page.</summary>
/// <param name="HasNextPage">Whether there is another.</param>
/// <param name="EndCursor">Where it begins.</param>
public sealed record PageInfo(bool HasNextPage, string? EndCursor);

/// <summary>What a mutation answers: what it made or changed, under the alias <c>result</c>, or why it did not.</summary>
/// <typeparam name="T">What it makes or changes.</typeparam>
/// <param name="Result">That; null when it was refused.</param>
/// <param name="Errors">Why it was refused.</param>
public sealed record Payload<T>(T? Result, IReadOnlyList<Refusal> Errors);
