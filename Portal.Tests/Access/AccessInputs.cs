using Portal.GraphQL.Types;

namespace Portal.Tests.Access;

/// <summary>What is asked with: of everything there is one, and who may gets as far as a refusal that is not about who asks, or
/// changes what the next one can ask for again.</summary>
internal static class AccessInputs
{
    private static readonly object Settings = new { name = "\n", host = "127.0.0.1", user = "u", workFolder = "/w" };

    // In the order in which they are asked: what ends something comes last.
    private static readonly List<(string Mutation, Func<AccessGround, object> Input)> Mutations =
    [
        ("createProject", _ => new { name = "Another" }),
        ("renameProject", ground => new { id = ground.Global("Project"), name = "Tides" }),
        ("inviteMember", ground => new { project = ground.Global("Project"), role = "VIEWER", address = "\n" }),
        ("changeRole", ground => new { project = ground.Global("Project"), person = ground.Global("Person"), role = "VIEWER" }),
        ("removeMember", ground => new { project = ground.Global("Project"), person = ground.Global("Person") }),
        ("changeApprovalRules", ground => new { project = ground.Global("Project"), coreHours = -1 }),
        ("approveRun", ground => new { id = ground.Global("WaitingRun", "Run"), hash = "x" }),
        ("refuseRun", ground => new { id = ground.Global("WaitingRun", "Run"), hash = "x" }),
        ("changeQuota", ground => new { project = ground.Global("Project"), runs = -1 }),
        ("sealNow", _ => new { }),
        ("inviteAccount", _ => new { address = "nowhere" }),
        ("revokeAccountInvitation", ground => new { id = ground.Global("AccountInvitation") }),
        ("changeAdministrator", ground => new { person = ground.Global("Person"), administrator = false }),
        ("changeAuditor", ground => new { person = ground.Global("Person"), auditor = false }),
        ("enableUser", ground => new { person = ground.Global("Person") }),
        ("placeRetentionHold", ground => new { project = ground.Global("Other", "Project"), reason = "\n" }),
        ("liftRetentionHold", ground => new { id = ground.Global("RetentionHold") }),
        ("archiveRuns", _ => new { endedBefore = "2999-01-01T00:00:00Z" }),
        ("restoreArchive", ground => new { id = ground.Global("Archive") }),
        ("removeSecondFactors", ground => new { person = ground.Global("Person"), address = "x" }),
        ("eraseUser", ground => new { person = ground.Global("Person"), address = "x" }),
        ("disableUser", ground => new { person = ground.Global("Administrator", "Person") }),
        ("endUserSessions", ground => new { person = ground.Global("Guest", "Person") }),
        ("revokeSession", ground => new { id = ground.Global("Session") }),
        ("revokeOtherSessions", _ => new { }),
        ("acceptInvitation", ground => new { secret = ground.Things["secret"] }),
        ("declineInvitation", ground => new { secret = ground.Things["secret"] }),
        ("registerMachine", ground => new { project = ground.Global("Project"), settings = Settings }),
        ("changeMachine", ground => new { id = ground.Global("Machine"), settings = Settings }),
        ("scanHostKeys", ground => new { id = ground.Global("Machine") }),
        ("pinHostKeys", ground => new { id = ground.Global("Machine"), fingerprints = new[] { "SHA256:abc" } }),
        ("testConnection", ground => new { machine = ground.Global("Machine"), securityToken = "x" }),
        ("addWorkflow", ground => new { project = ground.Global("Project"), text = "nonsense" }),
        ("registerEndpoint", ground => new { project = ground.Global("Project"), name = "?", url = "?" }),
        ("changeEndpoint", ground => new { id = ground.Global("Endpoint"), url = "?" }),
        ("submitRun", ground => new { machine = ground.Global("Machine"), workflow = ground.Global("Workflow"), securityToken = "x" }),
        ("giveToken", ground => new { id = ground.Global("Run"), securityToken = "x" }),
        ("retryRun", ground => new { id = ground.Global("FailedRun", "Run"), securityToken = "x" }),
        ("revokeLease", ground => new { id = ground.Global("Run") }),
        ("revokeLeases", _ => new { }),
        ("cancelRun", ground => new { id = ground.Global("Run") }),
        ("issueAccessToken", _ => new { name = "another", days = 0 }),
        ("allowDevice", ground => new { code = ground.Things["device"], days = 0 }),
        ("denyDevice", ground => new { code = ground.Things["device"] }),
        ("revokeAccessTokens", _ => new { client = "nobody" }),
        ("revokeAccessToken", ground => new { id = ground.Global("AccessToken") }),
        ("revokeInvitation", ground => new { id = ground.Global("Invitation") }),
        ("createCredential", ground => new { machine = ground.Global("Machine") }),
        ("revokeCredential", ground => new { id = ground.Global("Credential") }),
        ("shareMachine", ground => new { id = ground.Global("Machine"), project = ground.Global("Other", "Project") }),
        ("unshareMachine", ground => new { id = ground.Global("Machine"), project = ground.Global("Other", "Project") }),
        ("removeEndpoint", ground => new { id = ground.Global("Endpoint") }),
        ("retireMachine", ground => new { id = ground.Global("Machine") }),
        ("leaveProject", ground => new { project = ground.Global("Project") }),
    ];

    /// <summary>Where in the order a mutation comes.</summary>
    public static int Place(string mutation) => Mutations.FindIndex(one => one.Mutation == mutation) is >= 0 and var place
        ? place
        : throw new InvalidOperationException($"The mutation {mutation} has no row: say in AccessInputs what it is asked with.");

    /// <summary>The input of a mutation.</summary>
    public static object Of(string mutation, AccessGround ground) => Mutations[Place(mutation)].Input(ground);

    // What there is only of a run that waits, was approved or failed.
    private static readonly (string Path, string Thing)[] Runs =
    [
        ("run.approval.client", "ApprovedRun"), ("run.approval.decidedBy", "ApprovedRun"), ("run.approval", "WaitingRun"),
        ("run.retryPlan", "FailedRun"),
    ];

    /// <summary>The value of an argument as it is written in a document; null to leave it out.</summary>
    /// <param name="field">The field that takes it.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="ground">What there is.</param>
    /// <param name="path">From the root to what is asked for.</param>
    public static string? Argument(string field, ArgumentDefinition argument, AccessGround ground, string path) => (field, argument.Name) switch
    {
        ("node", "id") => Text(ground.Global("Project")),
        ("nodes", "ids") => $"[{Text(ground.Global("Project"))}]",
        ("run", "id") when Runs.FirstOrDefault(run => path.StartsWith(run.Path, StringComparison.Ordinal)) is { Thing: { } run } =>
            Text(ground.Global(run, "Run")),
        ("usageReport", "by") => "[PERSON]",
        ("compareRuns", "left") => Text(ground.Global("FailedRun", "Run")),
        ("compareRuns", _) => Text(ground.Global("Run")),
        ("credentialHistory", "id") => Text(ground.Global("Credential")),
        (_, "at") => "{ version: 1 }",
        (_, "id") when field.EndsWith("At", StringComparison.Ordinal) =>
            Text(ground.Global(char.ToUpperInvariant(field[0]) + field[1..^2])),
        (_, "id") => Text(ground.Global(char.ToUpperInvariant(field[0]) + field[1..])),
        (_, "project") => Text(ground.Global("Project")),
        (_, "run") => Text(ground.Global("Run")),
        (_, "step") => Text("a"),
        (_, "secret") => "$secret",
        (_, "code") => Text(ground.Things[path.EndsWith(".project", StringComparison.Ordinal) ? "narrow device" : "device"]),
        (_, "number") => "1",
        (_, "endedBefore") => Text("2000-01-01T00:00:00Z"),
        (_, "position") => ground.Things["Position"],
        (_, "after") when argument.Type.Named.Name == "Long" => "0",
        _ => argument.IsRequired
            ? throw new InvalidOperationException($"The argument {argument.Name} of {field} has no value: say it in AccessInputs.")
            : null,
    };

    private static string Text(string value) => $"\"{value}\"";
}
