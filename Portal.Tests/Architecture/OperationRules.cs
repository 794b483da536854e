using System.Text.RegularExpressions;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Architecture;

/// <summary>Who may do what stands in the policy: whatever handles a command or a query names what it asks there for.</summary>
public sealed partial class OperationRules
{
    // What names no operation itself, and why it need not.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["AskForTokenHandler"] = "anybody may ask; a person answers (AnswerDeviceHandler)",
        ["AnswerDeviceHandler"] = "asks OpenDeviceHandler and IssueAccessTokenHandler, which ask for IssueAccessToken",
        ["FetchTokenHandler"] = "who holds the device code may; a person has answered",
        ["IntrospectAccessTokenHandler"] = "to the token's owner and their programs alone, by the text of the token",
        ["RecogniseAccessTokenHandler"] = "says who asks: nobody is known before it",
        ["NameFirstAdministratorHandler"] = "the portal itself asks",
        ["GrantAdministratorHandler"] = "the portal itself asks, as a provider says",
        ["PinHostKeysHandler"] = "asks ScanHostKeysHandler, which asks for ConfirmHostKeys",
        ["ReportHostKeyChangedHandler"] = "the portal itself asks, as it met another key",
        ["EventCausesHandler"] = "asks AuditReach, which asks for ReadEvents",
        ["EventChoicesHandler"] = "asks AuditReach, which asks for ReadEvents",
        ["ExportEventsHandler"] = "asks SearchEventsHandler",
        ["SearchEventsHandler"] = "asks AuditReach, which asks for ReadEvents",
        ["CredentialAtHandler"] = "asks CredentialAccess, which asks for ShowCredential",
        ["CredentialHistoryHandler"] = "asks CredentialAccess, which asks for ShowCredential",
        ["CompareRunsHandler"] = "asks ShowRunHandler for both",
        ["OpenInvitationHandler"] = "asks InvitationLinks, which asks for AnswerInvitation",
        ["AcceptInvitationHandler"] = "asks InvitationLinks, which asks for AnswerInvitation",
        ["DeclineInvitationHandler"] = "asks InvitationLinks, which asks for AnswerInvitation",
        ["MyProjectsHandler"] = "tells who asks what they are in themselves",
        ["FindRepeatHandler"] = "tells who asks whether they asked before",
    };

    [Fact]
    public void Every_handler_asks_the_policy_or_it_is_told_why_not() =>
        Assert.Equal(Others.Keys.Order(), Handlers().Where(one => !OperationName().IsMatch(one.Text)).Select(one => one.Name).Order());

    [Fact]
    public void Every_operation_is_asked_for_somewhere()
    {
        var asked = Files().Where(path => !path.EndsWith("/Policy.cs", StringComparison.Ordinal))
            .SelectMany(path => OperationName().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).ToHashSet();
        Assert.Empty(Enum.GetNames<Operation>().Except(asked));
    }

    private static IEnumerable<(string Name, string Text)> Handlers() => Files().SelectMany(path =>
    {
        // A class ends where the next type at the margin begins.
        var types = Type().Split(File.ReadAllText(path));
        return types.Select(text => (Handler().Match(text), text)).Where(one => one.Item1.Success)
            .Select(one => (one.Item1.Groups[1].Value, one.text));
    });

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.PathOf("Portal.Domain"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"(?m)^(?=public |internal )")]
    private static partial Regex Type();

    [GeneratedRegex(@"^public sealed class (\w+Handler)\b")]
    private static partial Regex Handler();

    [GeneratedRegex(@"\bOperation\.(\w+)")]
    private static partial Regex OperationName();
}
