using System.Globalization;
using Portal.Domain.Audit;
using Portal.Domain.Common;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>Reads the moment that an address names.</summary>
internal static class ReplayAddress
{
    /// <summary>The moment; none where the address names none. What cannot be read is told as such.</summary>
    public static Result<IReadOnlyList<Moment>> Read(string? version, string? position, string? time)
    {
        if (version is null && position is null && time is null) return Result.Of<IReadOnlyList<Moment>>([]);
        if (version is not null && Number(version) is null) return Problem.Invalid("version", "A version is a whole number.");
        if (position is not null && Number(position) is null) return Problem.Invalid("position", "A position is a whole number.");
        DateTimeOffset? at = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var parsed)
            ? parsed
            : null;
        if (time is not null && at is null) return Problem.Invalid("time", "This is no time.",
            "Write it as 2026-03-04T14:02:11Z.");
        return new Moment[] { new(Number(version), Number(position), at) };
    }

    /// <summary>A whole number; null for anything else.</summary>
    public static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
