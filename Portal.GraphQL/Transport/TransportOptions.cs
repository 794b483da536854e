using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Portal.GraphQL.Transport;

/// <summary>
/// How requests come in and who sends them. Limits are looked at before anything runs. GraphQL over HTTP; the protocols
/// graphql-transport-ws and graphql-sse; GraphQL multipart request specification.
/// </summary>
public sealed record TransportOptions
{
    /// <summary>
    /// Who asks, in the host's own words, before the body is read. Without it that is <see cref="HttpContext.User"/>. A
    /// <see cref="Execution.GraphQLException"/> refuses the request with 401 in its words.
    /// </summary>
    public Func<HttpContext, CancellationToken, ValueTask<object?>>? Caller { get; init; }

    /// <summary>
    /// Who asks by WebSocket, from the payload of <c>connection_init</c> (undefined if there is none); null refuses the
    /// connection with 4403, and so does a <see cref="Execution.GraphQLException"/>, in its words. Without it
    /// <see cref="Caller"/> says.
    /// </summary>
    public Func<HttpContext, JsonElement, CancellationToken, ValueTask<object?>>? Connect { get; init; }

    /// <summary>The caller of one operation of a WebSocket, from that of the connection. Without it they are the same.</summary>
    public Func<object?, object?>? OperationCaller { get; init; }

    /// <summary>
    /// Asked for each <c>subscribe</c> of a WebSocket, before anything of it is read: null lets the operation begin, anything
    /// else refuses it with an <c>error</c>. So what counts requests counts these too.
    /// </summary>
    public Func<HttpContext, object?, Execution.GraphQLError?>? Admit { get; init; }

    /// <summary>
    /// Whether a caller may still follow, asked before each event and every <see cref="RecheckEvery"/>. A WebSocket is
    /// closed with 4403 if not, and an event stream ends with an error <c>FORBIDDEN</c>.
    /// </summary>
    public Func<HttpContext, object?, CancellationToken, ValueTask<bool>>? MayStay { get; init; }

    /// <summary>How often <see cref="MayStay"/> is asked while nothing happens.</summary>
    public TimeSpan RecheckEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Sees what is said of a subscription that ended because its source failed, before it is said, with what was thrown: to
    /// log it, and to add what helps to find it there. What a <see cref="Execution.GraphQLException"/> says is not asked about.
    /// </summary>
    public Func<Execution.GraphQLError, Execution.GraphQLError>? SourceFailed { get; init; }

    /// <summary>Whether a WebSocket may be opened by pages of another origin; without it only by those of the host.</summary>
    public Func<string, bool>? AllowsOrigin { get; init; }

    /// <summary>Whether costs are answered in <c>extensions.cost</c>.</summary>
    public bool WantsCost { get; init; }

    /// <summary>
    /// A header that no browser sends to another site without asking that site first. Requests by GET and with files must
    /// carry it with any value, unless the browser says that it does not cross sites (<c>Sec-Fetch-Site</c>).
    /// </summary>
    public string PreflightHeader { get; init; } = "GraphQL-Preflight";

    /// <summary>Most bytes of a body without files, of a message of a WebSocket, and of what comes with files.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Most files of a request; 0 refuses all of them.</summary>
    public int MaxFiles { get; init; } = 10;

    /// <summary>Most bytes of a body with files.</summary>
    public long MaxUploadBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// How many documents are kept that clients sent with their hash (automatic persisted queries); 0 for none.
    /// </summary>
    public int AutomaticDocuments { get; init; } = 1000;

    /// <summary>How long a WebSocket may take to say <c>connection_init</c>; 4408 otherwise.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most operations of a WebSocket at a time.</summary>
    public int MaxOperations { get; init; } = 100;

    /// <summary>After how long without events a sign of life is sent.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}
