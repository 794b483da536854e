using System.Net;
using Amazon.Runtime;
using Portal.Domain.Audit;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Audit.Places;

/// <summary>Says what keeps seals from a place.</summary>
internal static class SealPlaceFaults
{
    /// <summary>In a word.</summary>
    public static SealPlaceFaultKind KindOf(Exception error) => error switch
    {
        _ when error.GetBaseException() is PlaceException => SealPlaceFaultKind.Failed,
        HttpRequestException { StatusCode: { } status } when IsRefusal(status) => SealPlaceFaultKind.Refused,
        AmazonServiceException service when IsRefusal(service.StatusCode) => SealPlaceFaultKind.Refused,
        UnauthorizedAccessException => SealPlaceFaultKind.Refused,
        HttpRequestException or AmazonClientException or AmazonServiceException or OperationCanceledException or TimeoutException =>
            SealPlaceFaultKind.Unreachable,
        _ => SealPlaceFaultKind.Failed,
    };

    // What answers that it is out of service is as good as away.
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 300 and < 500;

    /// <summary>In a sentence.</summary>
    public static string Reason(Exception error) =>
        error.GetBaseException() is PlaceException refused ? refused.Failure.Message : error.Message;
}
