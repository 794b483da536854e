namespace Portal.Domain.Common;

/// <summary>Where the domain gets randomness fit for keys.</summary>
public interface IRandomBytes
{
    /// <summary>That many bytes of a cryptographic source.</summary>
    byte[] Next(int count);
}
