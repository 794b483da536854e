using static Portal.Tests.Access.HostileInputs;

namespace Portal.Tests.Access;

/// <summary>What is taken from headers.</summary>
internal static class HostileHeaders
{
    // Headers that the portal or what it stands on reads.
    private static readonly string[] Headers =
    [
        "Authorization", "Cookie", "User-Agent", "Referer", "Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Accept",
            "Accept-Language", "Accept-Encoding",
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "If-None-Match", "If-Modified-Since", "Range",
            "Last-Event-ID", "traceparent",
        "tracestate", "RequestVerificationToken", "X-HTTP-Method-Override", "Content-Type",
    ];

    /// <summary>Headers, at a page, at REST and at GraphQL.</summary>
    public static IEnumerable<HostileInput> All { get; } =
    [
        .. from header in Headers
           from path in (string[])["/sign-in", "/api/v1/me", "/graphql?query={__typename}"]
           select new HostileInput($"{path} {header}", async (at, hostile, cancel) =>
           {
               using var request = new HttpRequestMessage(HttpMethod.Get, path);
               var text = InHeader(hostile);
               if (header == "Content-Type") request.Content = new StringContent("");
               (header == "Content-Type" ? request.Content!.Headers : (System.Net.Http.Headers.HttpHeaders)request.Headers)
                   .TryAddWithoutValidation(header, header switch
                   {
                       "Authorization" => $"Bearer {text}", "Cookie" => $"portal-session={text}", _ => text,
                   });
               using var answer = await at.Stranger.SendAsync(request, cancel);
               var told = Of(answer, "");
               return told with { Fault = told.Fault ?? HostileAddresses.Injected(answer, await answer.Content.ReadAsStringAsync(cancel)) };
           }),
    ];
}
