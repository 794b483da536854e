using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Gives curl's exit codes and the server's response codes the names that people see.</summary>
internal static class CurlFault
{
    /// <summary>The fault that an outcome stands for; curl's words are the evidence, without the password.</summary>
    public static PlaceException Of(CurlOutcome outcome, EndpointAddress address, string path, EndpointSecret? secret)
    {
        var (kind, name, message, advice) = Named(outcome, address, path);
        var evidence = string.Create(CultureInfo.InvariantCulture, $"curl {outcome.ExitCode}, response {outcome.Response}: {outcome.Message}");
        if (secret is { Password.Length: > 0 }) evidence = evidence.Replace(secret.Password, "…", StringComparison.Ordinal);
        return new(kind, new(name, message, evidence, advice));
    }

    private static (FaultKind, FailureName, string, string) Named(CurlOutcome outcome, EndpointAddress address, string path) => outcome switch
    {
        { ExitCode: 22, Response: 404 or 410 } or { ExitCode: 78 } =>
            (FaultKind.Final, FailureName.InputMissing, $"“{path}” does not exist at {address}.", "Check the path."),
        { ExitCode: 70 } or { Response: 452 or 552 or 507 } =>
            (FaultKind.Blocking, FailureName.QuotaExceeded, $"No room is left at {address}.", "Make room there."),
        { ExitCode: 67 } or { Response: 530 } or { ExitCode: 22, Response: 401 } =>
            (FaultKind.Blocking, FailureName.LoginRefused, $"{address} refused the login.", "Check account and password."),
        { ExitCode: 9 or 25 or 21 } or { ExitCode: 22, Response: 403 } =>
            (FaultKind.Blocking, FailureName.PermissionDenied, $"{address} does not allow this with “{path}”.", "Ask for the right to it."),
        { ExitCode: 19, Response: >= 500 } =>
            (FaultKind.Blocking, FailureName.PermissionDenied, $"{address} does not give out “{path}”.", "Ask for the right to it."),
        { ExitCode: 22, Response: 408 or 425 or 429 or >= 500 } =>
            (FaultKind.Transient, FailureName.Unreachable, $"{address} is busy or out of order.", "Nothing: it is tried again."),
        { ExitCode: 22 } =>
            (FaultKind.Final, FailureName.InputMissing, $"{address} refused “{path}”.", "Check the address."),
        { ExitCode: 60, } when address.Scheme == "sftp" =>
            (FaultKind.Blocking, FailureName.EndpointKeyChanged, $"{address} answers with another host key than the one given for it.",
                "Ask its operators which key is theirs, then give its fingerprint with the endpoint, under Data."),
        { ExitCode: 51 or 58 or 60 or 64 or 77 or 82 or 83 or 90 or 91 } =>
            (FaultKind.Blocking, FailureName.Unreachable, $"The certificate of {address} cannot be trusted.", "Have its owner renew it."),
        { ExitCode: 1 or 3 or 47 } =>
            (FaultKind.Final, FailureName.InvalidDescription, $"{address} cannot be spoken to as asked.", "Check the address."),
        { ExitCode: 2 or 126 or 127 or 26 } =>
            (FaultKind.Blocking, FailureName.Internal, "curl cannot be run on the portal's machine.", "Install curl 7.85 or later."),
        { ExitCode: 18 or 55 or 56 } =>
            (FaultKind.Transient, FailureName.Unreachable, $"The connection to {address} was cut.", "Nothing: it goes on from there."),
        { ExitCode: 28 } =>
            (FaultKind.Transient, FailureName.Unreachable, $"{address} does not answer in time.", "Nothing: it is tried again."),
        _ => (FaultKind.Transient, FailureName.Unreachable, $"{address} cannot be reached.", "Check host and port if it lasts."),
    };
}
