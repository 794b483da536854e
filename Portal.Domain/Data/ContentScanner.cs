using Portal.Domain.Common;

namespace Portal.Domain.Data;

/// <summary>Looks through what a file holds before anybody gets it. The portal's side of it is in Jobs.</summary>
public interface IContentScanner
{
    /// <summary>The same bytes, once all of them were looked through, or what was found; a problem where they could not be. What was
    /// given belongs to the scanner, which disposes of it.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="cancel">Gives up.</param>
    Task<Result<Scanned>> PassAsync(Stream content, long size, CancellationToken cancel);
}

/// <summary>What came of looking through a file: one of the two.</summary>
/// <param name="Content">Its bytes, in which nothing was found; whoever gets them disposes of them.</param>
/// <param name="Found">What the scanner calls that which it found.</param>
public sealed record Scanned(Stream? Content, string? Found = null);

/// <summary>Where no scanner is configured: everything passes as it comes.</summary>
public sealed class NoScanner : IContentScanner
{
    /// <inheritdoc/>
    public Task<Result<Scanned>> PassAsync(Stream content, long size, CancellationToken cancel) =>
        Task.FromResult<Result<Scanned>>(new Scanned(content));
}
