namespace Portal.Jobs.Audit.Places;

/// <summary>The section <c>Portal:Seals:Places:N</c>: a place off the machine that every seal is written to.</summary>
public sealed class SealPlaceSettings
{
    /// <summary>Where: <c>https://host/folder/</c> that takes files by PUT, <c>s3://bucket/prefix/</c>, or the path of a
    /// folder.</summary>
    public string Url { get; set; } = "";

    /// <summary>Address of a service that speaks S3; empty for Amazon's own.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Region of the bucket.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The name of the key that may write to the bucket.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Its secret; of an https address the bearer token.</summary>
    public string Secret { get; set; } = "";

    /// <summary>A file that holds it in place of <see cref="Secret"/>.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>The secret itself, without the line's end of a file.</summary>
    /// <exception cref="FormatException">The file cannot be read.</exception>
    internal string ReadSecret(string setting)
    {
        if (SecretFile.Length == 0) return Secret;
        try
        {
            return File.ReadAllText(SecretFile).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{setting}:SecretFile cannot be read: {fault.Message}", fault);
        }
    }
}
