using System.Net;
using System.Text;
using System.Text.Json;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>How a careless program writes a secret down.</summary>
public static class SecretForms
{
    /// <summary>As it is, as hexadecimal, as base64 wherever in what was encoded it began, and as URLs, JSON and HTML have it.</summary>
    public static IEnumerable<(string Form, byte[] Bytes)> Of(byte[] secret)
    {
        yield return ("plain", secret);
        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)));
        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexString(secret)));
        for (var offset = 0; offset < 3; offset++)
        {
            // Without the signs that its neighbours have a part in.
            var signs = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=');
            var whole = signs[((offset * 8 + 5) / 6)..((offset + secret.Length) * 8 / 6)];
            yield return ("base64", Encoding.ASCII.GetBytes(whole));
            var ofUrls = whole.Replace('+', '-').Replace('/', '_');
            if (ofUrls != whole) yield return ("base64", Encoding.ASCII.GetBytes(ofUrls));
        }
        var text = Encoding.UTF8.GetString(secret);
        foreach (var (form, written) in new[]
        {
            ("URL-encoded", Uri.EscapeDataString(text)), ("URL-encoded", WebUtility.UrlEncode(text)),
            ("JSON", JsonEncodedText.Encode(text).ToString()), ("HTML", WebUtility.HtmlEncode(text)),
        })
            if (written != text) yield return (form, Encoding.UTF8.GetBytes(written));
    }
}
