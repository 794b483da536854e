namespace Portal.GraphQL.Transport;

/// <summary>
/// The codes in <c>extensions.code</c> of what the transports refuse, beside those of the engine. They never change.
/// </summary>
public static class TransportCodes
{
    /// <summary>The body is not the JSON that it ought to be, or a parameter has the wrong type. Status 400.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>Several requests came in one. Status 400.</summary>
    public const string Batching = "BATCHING_DISABLED";

    /// <summary>The request might come from a page of another site. Status 403.</summary>
    public const string Csrf = "CSRF_REFUSED";

    /// <summary>Neither GET nor POST. Status 405.</summary>
    public const string BadMethod = "METHOD_NOT_ALLOWED";

    /// <summary>None of the media types that the client takes can be answered. Status 406.</summary>
    public const string NotAcceptable = "NOT_ACCEPTABLE";

    /// <summary>The body is too large. Status 413.</summary>
    public const string TooLarge = "BODY_TOO_LARGE";

    /// <summary>The body has a media type or a charset that is not read. Status 415.</summary>
    public const string BadMediaType = "UNSUPPORTED_MEDIA_TYPE";

    /// <summary>Nothing is known by that hash: send it with the text. Automatic persisted queries.</summary>
    public const string NoPersistedQuery = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>The hash is not that of the text. Automatic persisted queries. Status 400.</summary>
    public const string WrongHash = "PERSISTED_QUERY_HASH_MISMATCH";

    /// <summary>More operations at a time than a WebSocket may have.</summary>
    public const string TooManyOperations = "TOO_MANY_OPERATIONS";

    /// <summary>The source of a subscription failed.</summary>
    public const string SourceFailed = "SUBSCRIPTION_FAILED";
}

// What is refused before the engine sees it.
internal sealed record Refusal(int Status, string Code, string Message)
{
    public static Refusal Bad(string message) => new(400, TransportCodes.BadRequest, message);

    public static Refusal Large(long most) => new(413, TransportCodes.TooLarge, $"A body may have {most} bytes at most.");

    public Execution.ExecutionResult ToResult() =>
        Execution.ExecutionResult.Refuse(Execution.GraphQLError.Of(Code, Message));
}

// Something, or why there is none.
internal readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
