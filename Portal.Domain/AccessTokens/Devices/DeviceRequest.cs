using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens.Devices;

/// <summary>A program without a browser that asks for an access token (RFC 8628), until a person has answered or its time is up.
/// It holds no secret: of its codes the hash and what a person types.</summary>
/// <param name="Id">The id of the token that it may become.</param>
/// <param name="DeviceSha256">SHA-256 of the code that the program asks with, lower-case hex.</param>
/// <param name="UserCode">What a person compares and types: eight letters (RFC 8628, section 6.1).</param>
/// <param name="Client">What the program calls itself. Nobody has checked that.</param>
/// <param name="Scopes">What it wants to do.</param>
/// <param name="Project">The only project that it asks for; null for all.</param>
/// <param name="Reason">What for, in its own words.</param>
/// <param name="Days">How long it asks for; null for what is usual.</param>
/// <param name="Address">Where it asked from.</param>
/// <param name="Asked">When.</param>
/// <param name="Until">Until when it can be answered, and the answer fetched.</param>
public sealed record DeviceRequest(
    Id<AccessToken> Id, string DeviceSha256, string UserCode, string Client, IReadOnlyList<Scope> Scopes, Id<Project>? Project,
    string? Reason, int? Days, string? Address, DateTimeOffset Asked, DateTimeOffset Until)
{
    /// <summary>How long a request lives.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>How long a program waits between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The code as it is shown: with a dash in the middle.</summary>
    public string ShownCode => $"{UserCode[..4]}-{UserCode[4..]}";
}

/// <summary>Keeps what programs ask for, for the minutes that it lives. Addresses and reasons are nobody's history, so it is no
/// event until a person has answered.</summary>
public interface IDeviceRequests
{
    /// <summary>Keeps one. False when its user code is taken just now.</summary>
    Task<bool> KeepAsync(DeviceRequest request, CancellationToken cancel);

    /// <summary>The one with this user code; null when there is none any more.</summary>
    Task<DeviceRequest?> FindAsync(string userCode, CancellationToken cancel);

    /// <summary>The one with this device code, noting that it was asked for.</summary>
    /// <returns>With the time of the question before, if there was one; null when there is none any more.</returns>
    Task<(DeviceRequest Request, DateTimeOffset? AskedBefore)?> AskAsync(string deviceSha256, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Removes it.</summary>
    Task ForgetAsync(Id<AccessToken> id, CancellationToken cancel);
}

/// <summary>The codes of device requests.</summary>
public static class DeviceCodes
{
    /// <summary>Letters without vowels, so that no word comes of them (RFC 8628, section 6.1).</summary>
    public const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    /// <summary>How many of them a person types: 25 thousand million codes for the few that live at a time.</summary>
    public const int Length = 8;

    private const string Prefix = "portal_dev_";

    /// <summary>A new device code: 256 random bits.</summary>
    public static string MakeDevice(IRandomBytes random) => Prefix + Convert.ToHexStringLower(random.Next(32));

    /// <summary>A new user code. Bytes above the last whole multiple are thrown away, so that every letter is as likely.</summary>
    public static string MakeUser(IRandomBytes random)
    {
        var code = "";
        while (code.Length < Length)
            foreach (var value in random.Next(16).Where(value => value < 256 / Letters.Length * Letters.Length))
                if (code.Length < Length) code += Letters[value % Letters.Length];
        return code;
    }

    /// <summary>What a person meant by what they typed: small letters, blanks and dashes do not count; null when it is no code.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 40) return null;
        var letters = string.Concat(typed.Where(letter => letter is not (' ' or '-' or '.'))).ToUpperInvariant();
        return letters.Length == Length && letters.All(Letters.Contains) ? letters : null;
    }
}
