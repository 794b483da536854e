using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Portal.EventStore;

namespace Portal.Jobs.Audit.Places;

/// <summary>A bucket that speaks S3. Best one whose objects cannot be deleted or replaced (object lock).</summary>
/// <param name="s3">Speaks to it, through the gate.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="prefix">What the names of objects begin with: empty, or with a slash at the end.</param>
public sealed class BucketPlace(IAmazonS3 s3, string bucket, string prefix) : ISealPlace
{
    /// <inheritdoc/>
    public string Name => $"s3://{bucket}/{prefix}";

    /// <inheritdoc/>
    public Task<long> HighestAsync(long last, CancellationToken cancel) => SealSearch.HighestAsync(last, async number =>
    {
        try
        {
            await s3.GetObjectMetadataAsync(new() { BucketName = bucket, Key = prefix + SealFile.Name(number) }, cancel);
            return true;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public async Task WriteAsync(KeptSeal seal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seal);
        using var content = new MemoryStream(SealFile.Write(seal));
        try
        {
            await s3.PutObjectAsync(new()
            {
                BucketName = bucket, Key = prefix + SealFile.Name(Seal.Parse(seal.Text).Number), InputStream = content,
                ContentType = "application/json", UseChunkEncoding = false, IfNoneMatch = "*",
            }, cancel);
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // It lies there already.
            return;
        }
    }

    /// <summary>A client of a service that speaks S3.</summary>
    /// <param name="place">Where and with which key.</param>
    /// <param name="secret">The secret of that key.</param>
    /// <param name="http">Speaks HTTP, through the gate.</param>
    internal static AmazonS3Client Client(SealPlaceSettings place, string secret, HttpClient http)
    {
        var config = new AmazonS3Config
        {
            HttpClientFactory = new Through(http), MaxErrorRetry = 0, AuthenticationRegion = place.Region,
            // What only AWS itself knows is not asked of others that speak S3.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (place.Endpoint.Length > 0) (config.ServiceURL, config.ForcePathStyle) = (place.Endpoint, true);
        else config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(place.Region);
        return new(new BasicAWSCredentials(place.AccessKey, secret), config);
    }

    private sealed class Through(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
