using System.Text.Json;
using System.Xml;
using Portal.Domain.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>Reads how long a lease shall last.</summary>
public static class LeaseLength
{
    /// <summary>A number of seconds, or an ISO 8601 duration; null where nothing was said.</summary>
    public static Result<TimeSpan?> Read(JsonElement? given)
    {
        switch (given)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }:
                return Result.Of<TimeSpan?>(null);
            case { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds)
                && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds / 2:
                return Result.Of<TimeSpan?>(TimeSpan.FromSeconds(seconds));
            case { ValueKind: JsonValueKind.String } text:
                try
                {
                    return Result.Of<TimeSpan?>(XmlConvert.ToTimeSpan(text.GetString()!));
                }
                catch (Exception error) when (error is FormatException or OverflowException)
                {
                    return Wrong();
                }
            default:
                return Wrong();
        }
    }

    private static Result<TimeSpan?> Wrong() =>
        Problem.Invalid("leaseFor", "This is not a length of time.",
            "Give seconds as a number, or an ISO 8601 duration such as PT12H or P3D.");
}
