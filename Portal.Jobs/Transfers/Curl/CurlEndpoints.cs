using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Endpoints by curl(1).</summary>
public sealed class CurlEndpoints(EndpointSettings settings) : IEndpoints
{
    /// <inheritdoc/>
    public IFiles Open(EndpointAddress address, EndpointSecret? secret)
    {
        CurlUrl.Check(address);
        if (secret is not null && (secret.User.Contains(':', StringComparison.Ordinal) || (secret.User + secret.Password).Any(char.IsControl)))
            throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                "An account holds no colon, and neither account nor password a control character."));
        var connection = new CurlConnection(address, secret, settings);
        return address.Scheme switch
        {
            "http" or "https" => new HttpFiles(connection),
            "sftp" => new SftpFiles(connection),
            _ => new FtpFiles(connection),
        };
    }
}
