using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Credentials;

/// <summary>Makes a key for a machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="ClientMutationKey">A repeat with the same key makes no other key. It is refused: the token was shown once.</param>
public sealed record CreateCredentialInput([Id("Machine")] Id<Machine> Machine, Guid? ClientMutationKey = null);

/// <summary>Revokes a key.</summary>
/// <param name="Id">The key.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RevokeCredentialInput([Id("Credential")] Id<Credential> Id, Guid? ClientMutationKey = null);

/// <summary>Tests the connection to a machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="SecurityToken">Opens the caller's key on it; used at once and kept nowhere. To be sent as a variable.</param>
/// <param name="ClientMutationKey">A repeat with the same key is answered with what the first test found.</param>
public sealed record TestConnectionInput(
    [Id("Machine")] Id<Machine> Machine, string SecurityToken, Guid? ClientMutationKey = null);

/// <summary>A connection test.</summary>
/// <param name="Ok">Whether every step went well.</param>
/// <param name="Steps">The steps; the first that fails is the last.</param>
public sealed record ConnectionTest(bool Ok, IReadOnlyList<CheckStep> Steps);

/// <summary>A key just made.</summary>
[ObjectType<CreatedCredential>]
public static class CreatedCredentialFields
{
    /// <summary>Its id.</summary>
    [Id("Credential")]
    public static Id<Credential> GetId([Parent] CreatedCredential made) => made.Id;
}
