using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>A token that was made at some time, whatever became of it: it tells a program with an old one from who
/// guesses.</summary>
/// <param name="Sha256">SHA-256 of its text as lower-case hex.</param>
public sealed record IssuedTokenText(string Sha256);

/// <summary>Keeps <see cref="IssuedTokenText"/>: of every token for good.</summary>
public sealed class IssuedTokenTextProjection : Projection<IssuedTokenText>
{
    /// <inheritdoc/>
    public override DocumentTable<IssuedTokenText> Table { get; } = new("issued_tokens", token => token.Sha256, [], []);

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(AccessTokenIssued)];

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<IssuedTokenText> documents, CancellationToken cancel)
    {
        if (recorded.Body is AccessTokenIssued issued) documents.Put(new(issued.Sha256));
        return ValueTask.CompletedTask;
    }
}
