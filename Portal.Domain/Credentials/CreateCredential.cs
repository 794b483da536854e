using System.Security.Cryptography;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>Makes a key pair for the caller's account on a machine. Where the caller has one already, the new one takes its place.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Machine">The machine.</param>
public sealed record CreateCredential(Id<Credential> Id, Id<Machine> Machine)
{
    /// <summary>The facts of a new credential, and of the end of the one it replaces.</summary>
    public static Result<IReadOnlyList<object>> Decide(
        Credential state, CreateCredential command, Id<Project> project, Id<User> owner, KeyPair pair) =>
        state.Id != default
            ? AlreadyMade
            : new object[]
            {
                new CredentialCreated(command.Id, project, command.Machine, owner, pair.PublicKey, pair.Fingerprint),
            };

    /// <summary>The refusal where a key was made under this id before, or is being made now.</summary>
    public static Problem AlreadyMade { get; } =
        new("CONFLICT", "A key was made under this id already; its token was shown then and is not shown again.", "id",
            Advice: "If the token was lost, make another key.");
}

/// <summary>What the owner is shown once.</summary>
/// <param name="Id">The credential.</param>
/// <param name="PublicKey">The line for authorized_keys on the machine.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="InstallCommand">A command that puts the line there, for who is logged in to the machine.</param>
/// <param name="SecurityToken">Seals the private key. Shown this once, stored nowhere.</param>
public sealed record CreatedCredential(Id<Credential> Id, string PublicKey, string Fingerprint, string InstallCommand, string SecurityToken);

/// <summary>Handles <see cref="CreateCredential"/>: who may submit, for themselves, in person or by their own token.</summary>
public sealed class CreateCredentialHandler(
    Ledger ledger, Access access, IDocuments documents, IKeyForge forge, ISealedKeys sealedKeys, ILeaseKeys leases, IRandomBytes random)
{
    /// <summary>Makes the pair, seals it, writes the facts; only then is anything shown.</summary>
    public async Task<Result<CreatedCredential>> HandleAsync(Caller caller, CreateCredential command, CancellationToken cancel)
    {
        var reached = await MachineAccess.ReachAsync(
            documents, access, caller, command.Machine, Operation.CreateCredential, null, cancel);
        if (!reached.Ok) return Result.Refused<CreatedCredential>(reached.Problems);
        if (reached.Value.Machine.State == MachineState.Retired) return new Problem("RETIRED",
            "This machine takes no more runs.", "machine");
        var owner = caller.User!.Value;
        // Before anything is sealed: a key that is in use must not lose its seal to a repeat.
        var known = (await ledger.LoadAsync<Credential>(command.Id.Value, cancel)).State;
        if (known.Id != default) return CreateCredential.AlreadyMade;
        var pair = await forge.CreateAsync($"portal-{command.Id.ToString()[^8..]}", cancel);
        var secret = random.Next(SealingToken.SecretBytes);
        try
        {
            var envelope = Sealing.Seal(
                secret, Sealing.KeyContext(command.Machine, command.Id), pair.PrivateKey, random.Next(Sealing.RandomBytes));
            // Of two at once the first to keep its seal wins: the other leaves it alone, and its own pair is forgotten.
            if (!await sealedKeys.KeepAsync(command.Id, envelope, cancel)) return CreateCredential.AlreadyMade;
            var written = await ledger.ChangeAsync<Credential>(caller, command.Id.Value,
                state => CreateCredential.Decide(state, command, reached.Value.Project, owner, pair), cancel);
            if (!written.Ok)
            {
                // Made and revoked by another meanwhile: the seal that stands there is this one's, and nobody has its token.
                await sealedKeys.ForgetAsync(command.Id, cancel);
                return Result.Refused<CreatedCredential>(written.Problems);
            }
            // Asked for after the fact: of two keys that are made at once, the later one replaces the earlier.
            var mine = await ActiveCredential.AllAsync(documents, command.Machine, owner, cancel);
            foreach (var before in mine.SkipWhile(key => key.Id != command.Id).Skip(1))
                await ReplaceAsync(caller, before.Id, command.Id, cancel);
            return new CreatedCredential(
                command.Id, pair.PublicKey, pair.Fingerprint, InstallCommand(pair.PublicKey), SealingToken.Write(secret));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(pair.PrivateKey);
        }
    }

    private async Task ReplaceAsync(Caller caller, Id<Credential> before, Id<Credential> successor, CancellationToken cancel)
    {
        await ledger.ChangeAsync<Credential>(caller, before.Value, state => state.Ended is not null
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new CredentialRotated(before, successor) }, cancel);
        await sealedKeys.ForgetAsync(before, cancel);
        await leases.ForgetAllAsync(before, cancel);
    }

    // The line holds nothing that a shell would read: a key type, base64 and a comment of ours.
    private static string InstallCommand(string publicKey) =>
        $"mkdir -p ~/.ssh && chmod 700 ~/.ssh && echo '{publicKey}' >> ~/.ssh/authorized_keys && chmod 600 ~/.ssh/authorized_keys";
}
