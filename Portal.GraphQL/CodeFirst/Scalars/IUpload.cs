namespace Portal.GraphQL.CodeFirst;

/// <summary>
/// A file that came with a request: the value of a variable of type <c>Upload</c>, put there by the transport. GraphQL
/// multipart request specification.
/// </summary>
public interface IUpload
{
    /// <summary>What the client calls it; not to be trusted.</summary>
    string Name { get; }

    /// <summary>What the client says it is; not to be trusted.</summary>
    string? ContentType { get; }

    /// <summary>How many bytes it has.</summary>
    long Length { get; }

    /// <summary>Opens it for reading, from its beginning.</summary>
    Stream Open();
}
