using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

/// <summary>Gives the complaints of common tools (in the C locale) their names.</summary>
internal static class Faults
{
    /// <summary>The connection went away.</summary>
    public static PlaceException Lost(string when, Exception? inner = null, FaultKind kind = FaultKind.Unknown, string? evidence = null) =>
        new(kind, new(FailureName.Unreachable, $"The connection to the machine was lost {when}.", evidence), inner);

    /// <summary>What a tool's words mean for a path.</summary>
    public static PlaceException Of(string words, string path, int code)
    {
        bool Says(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
        var evidence = words.Trim() is { Length: > 0 } said ? said : $"exit code {code}";
        if (Says("No space left") || Says("quota exceeded") || Says("File too large"))
            return new(FaultKind.Blocking, new(FailureName.QuotaExceeded, $"There is no room left for {path}.", evidence,
                "Delete what is not needed there, or ask for a larger quota."));
        if (Says("Permission denied") || Says("Operation not permitted") || Says("Read-only file system"))
            return new(FaultKind.Final, new(FailureName.PermissionDenied, $"The account may not use {path}.", evidence,
                "Change the folder's permissions on the machine, or choose another folder."));
        if (Says("No such file") || Says("Not a directory") || Says("Is a directory") || Says("cannot open"))
            return new(FaultKind.Final, new(FailureName.InputMissing, $"There is no such file or folder: {path}", evidence));
        return new(FaultKind.Transient, new(FailureName.ExitCode, $"The machine could not do what was asked with {path}.", evidence));
    }
}
