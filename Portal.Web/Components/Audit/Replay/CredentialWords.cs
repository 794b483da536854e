using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>What happened to a key, in words.</summary>
internal static class CredentialWords
{
    /// <summary>Icon, tone and words; the run that it was for stands behind them.</summary>
    public static (string Icon, string Tone, string Text) Of(CredentialEvent one) => one.Kind switch
    {
        CredentialEventKind.Made => ("key", "good", "Made; its token was shown, this once"),
        CredentialEventKind.Tested => one.Ok == true ? ("check", "good", "Connection test passed") : ("cross", "bad",
            "Connection test failed"),
        CredentialEventKind.Opened => ("eye", "neutral", "Opened with its token, to ask for host keys behind a jump host"),
        CredentialEventKind.Leased => ("hand", "wait", $"Lent {(one.Mark!.Attended ? "in memory alone " : "")}until "
            + $"{Format.Exact(one.Mark.Until!.Value)}, to"),
        CredentialEventKind.LeaseEnded => ("done", "neutral", $"Lease over: {Ended(one.Mark!.Reason)}, of"),
        CredentialEventKind.Used => ("terminal", "going", Used(one.Mark!)),
        CredentialEventKind.Rotated => ("refresh", "wait", "Replaced by another"),
        CredentialEventKind.Revoked => ("stop", "bad", "Revoked"),
        CredentialEventKind.HostKeyPinned => ("shield", "good", "Host keys of the machine confirmed"),
        _ => ("blocked", "bad", "The machine showed another host key"),
    };

    private static string Used(CredentialMark mark) => $"Used to {(mark.Use switch
    {
        KeyUse.Stage => "bring inputs and code",
        KeyUse.Check => "look for what was kept",
        KeyUse.Submit => "submit",
        KeyUse.LookUp => "look up the job of",
        KeyUse.Watch => "watch",
        KeyUse.Cancel => "end the job of",
        KeyUse.Collect => "look for outputs",
        _ => "send outputs",
    })}{(mark.Step is null ? "" : $" step {mark.Step}")}, for";

    private static string Ended(string? reason) => reason switch
    {
        "done" => "the run had ended",
        "expired" => "its time was up",
        "revoked" => "it was taken back",
        _ => "another took its place",
    };
}
