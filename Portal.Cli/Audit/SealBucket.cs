using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>Seals that lie in a bucket that speaks S3, read from the first to the one that is not there. Key, region and address
/// come from the environment, by the names that the tools of AWS use (AWS SDKs and Tools Reference Guide, environment
/// variables).</summary>
/// <param name="bucket">The bucket's name.</param>
/// <param name="prefix">What the names of objects begin with: empty, or with a slash at the end.</param>
/// <param name="given">The value of a variable of the environment; null where it is not set.</param>
internal sealed class SealBucket(string bucket, string prefix, Func<string, string?> given)
{
    /// <summary>All of them, in the order of their numbers.</summary>
    /// <exception cref="FormatException">An object holds no seal.</exception>
    /// <exception cref="UsageException">No key is given, or the service refuses.</exception>
    public async IAsyncEnumerable<KeptSeal> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var s3 = Client();
        for (var number = 1L; await FindAsync(s3, number, cancel) is { } seal; number++) yield return seal;
    }

    private async Task<KeptSeal?> FindAsync(AmazonS3Client s3, long number, CancellationToken cancel)
    {
        var name = prefix + SealFile.Name(number);
        try
        {
            using var found = await s3.GetObjectAsync(bucket, name, cancel);
            return await SealFile.ReadAsync(found.ResponseStream, $"s3://{bucket}/{name}", cancel);
        }
        catch (AmazonS3Exception fault) when (number > 1
            && fault is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return null;
        }
        catch (AmazonS3Exception fault)
        {
            throw new UsageException($"s3://{bucket}/{name} answers {(int)fault.StatusCode} {fault.ErrorCode}: "
                + "no seals are read there. The key must be allowed s3:GetObject and s3:ListBucket.");
        }
        catch (Exception fault) when (fault is AmazonClientException or HttpRequestException)
        {
            throw new UsageException($"s3://{bucket} cannot be reached: {fault.Message}");
        }
    }

    private AmazonS3Client Client()
    {
        if (Given("AWS_ACCESS_KEY_ID") is not { } id || Given("AWS_SECRET_ACCESS_KEY") is not { } secret)
            throw new UsageException("A bucket takes a key: give it by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the "
                + "environment.");
        var region = Given("AWS_REGION") ?? Given("AWS_DEFAULT_REGION") ?? "us-east-1";
        var config = new AmazonS3Config
        {
            AuthenticationRegion = region, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if ((Given("AWS_ENDPOINT_URL_S3") ?? Given("AWS_ENDPOINT_URL")) is { } at)
            (config.ServiceURL, config.ForcePathStyle) = (at, true);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return new(Given("AWS_SESSION_TOKEN") is { } session ? new SessionAWSCredentials(id, secret, session)
            : new BasicAWSCredentials(id, secret), config);
    }

    private string? Given(string name) => given(name) is { Length: > 0 } value ? value : null;
}
