using System.Globalization;
using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Runs curl against one endpoint with the options that every act there needs.</summary>
internal sealed class CurlConnection(EndpointAddress address, EndpointSecret? secret, EndpointSettings settings)
{
    private const int TextBytes = 64 << 20;

    public EndpointAddress Address => address;

    public PlaceException Fault(CurlOutcome outcome, string path) => CurlFault.Of(outcome, address, path, secret);

    /// <summary>A path there.</summary>
    public CurlTarget Target(string path, bool folder) => CurlTarget.Of(address, secret, path, folder);

    /// <summary>Starts a transfer, by a connection to an address that was looked at.</summary>
    private async Task<CurlProcess> StartAsync(
        CurlTarget target, IEnumerable<(string, string?)> options, CancellationToken cancel, Action<string>? heard = null)
    {
        var reached = await settings.Outgoing.ReachAsync(target.Host, target.Encrypted, cancel);
        // Whatever the name stands for by now, curl is told these. Data connections of FTP go where the first one went.
        var told = string.Join(',', reached.Select(OutgoingGate.Written));
        return CurlProcess.Start(
            [.. Common(target), ("resolve", $"*:{Number(target.Port)}:{told}"), ("url", target.Url), .. options], cancel, heard);
    }

    /// <summary>Runs an act on the endpoint's root, whatever the base path.</summary>
    public Task<(CurlOutcome Outcome, string Text)> AskRootAsync(IEnumerable<(string, string?)> options, CancellationToken cancel) =>
        new CurlConnection(address with { BasePath = "" }, secret, settings).AskAsync("", true, options, cancel);

    /// <summary>Runs an act that answers with a text, and waits for it.</summary>
    public async Task<(CurlOutcome Outcome, string Text)> AskAsync(
        string path, bool folder, IEnumerable<(string, string?)> options, CancellationToken cancel)
    {
        for (var target = Target(path, folder); ;)
        {
            var (outcome, text) = await AskAsync(target, path, options, cancel);
            if (target.Next(outcome) is not { } next) return (outcome, text);
            target = next;
        }
    }

    private async Task<(CurlOutcome Outcome, string Text)> AskAsync(
        CurlTarget target, string path, IEnumerable<(string, string?)> options, CancellationToken cancel)
    {
        await using var curl = await StartAsync(target, options, cancel);
        await using var killed = cancel.Register(curl.Kill);
        curl.Input.Close();
        var text = new MemoryStream();
        var buffer = new byte[1 << 14];
        int count;
        while ((count = await curl.Output.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            text.Write(buffer, 0, count);
            if (text.Length > TextBytes)
                throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription, $"The list of “{path}” at {address} is too long."));
        }
        var outcome = await curl.Ended;
        cancel.ThrowIfCancellationRequested();
        return (outcome, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    /// <summary>The bytes of a file from an offset.</summary>
    public async Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel)
    {
        var target = Target(path, false);
        return Content(await StartReadingAsync(target, offset, cancel), target, path, offset);
    }

    /// <summary>A reading that was started here, as a stream.</summary>
    public Stream Content(CurlProcess reading, CurlTarget target, string path, long offset) =>
        new CurlReadStream(this, reading, target, path, offset);

    /// <summary>Starts to read a file from an offset.</summary>
    public Task<CurlProcess> StartReadingAsync(CurlTarget target, long offset, CancellationToken cancel) =>
        StartReadingAsync(target, offset == 0 ? [] : [("continue-at", Number(offset))], null, cancel);

    /// <summary>Starts to read a file.</summary>
    public async Task<CurlProcess> StartReadingAsync(
        CurlTarget target, IEnumerable<(string, string?)> options, Action<string>? heard, CancellationToken cancel)
    {
        var curl = await StartAsync(target, options, cancel, heard);
        curl.Input.Close();
        return curl;
    }

    /// <summary>Sends content to a file, made anew or added to; returns once the server has confirmed it.</summary>
    /// <returns>What else the server answered, where the options ask for it.</returns>
    public async Task<string> WriteAsync(
        string path, bool append, Stream content, IEnumerable<(string, string?)> more, CancellationToken cancel)
    {
        List<(string, string?)> options = [("upload-file", "-"), ("ftp-create-dirs", null), .. more];
        if (append) options.Add(("append", null));
        await using var curl = await StartAsync(Target(path, false), options, cancel);
        await using var killed = cancel.Register(curl.Kill);
        var said = new MemoryStream();
        var drained = curl.Output.CopyToAsync(said, CancellationToken.None);
        await SendAsync(content, curl, cancel);
        var outcome = await curl.Ended;
        await drained;
        cancel.ThrowIfCancellationRequested();
        if (outcome.ExitCode != 0) throw Fault(outcome, path);
        return Encoding.UTF8.GetString(said.GetBuffer(), 0, (int)said.Length);
    }

    // A content that throws ends the act; a curl that has gone first tells by how it ended.
    private static async Task SendAsync(Stream content, CurlProcess curl, CancellationToken cancel)
    {
        await using var outgoing = new Outgoing(curl.Input);
        try
        {
            await Bulk.CarryAsync(content, outgoing, cancel);
        }
        catch (OutgoingException)
        {
            return;
        }
        curl.Input.Close();
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private List<(string, string?)> Common(CurlTarget target)
    {
        List<(string, string?)> options =
        [
            ("globoff", null), ("path-as-is", null), ("proto", "=" + target.Scheme), ("fail", null),
            ("connect-timeout", Number((long)settings.ConnectLimit.TotalSeconds)),
            ("speed-limit", "1"), ("speed-time", Number((long)settings.StallLimit.TotalSeconds)), ("keepalive-time", "30"),
        ];
        if (settings.CertificateAuthorities is { } authorities) options.Add(("cacert", authorities));
        if (target.Secret is { } opens) options.Add(("user", opens.User + ":" + opens.Password));
        // So a redirect brings no content, and curl tells where it leads.
        if (target.Scheme is "http" or "https") options.AddRange([("location", null), ("max-redirs", "0")]);
        if (address.Scheme == "ftpes") options.Add(("ssl-reqd", null));
        if (address.Scheme == "sftp")
            options.Add(("hostpubsha256", (address.HostKey ?? "").Replace("SHA256:", "", StringComparison.Ordinal).TrimEnd('=') is { Length: > 0 } key
                ? key : throw new PlaceException(FaultKind.Blocking, new(FailureName.EndpointKeyChanged,
                    $"No host key of {address} is confirmed.", null, "Give its fingerprint with the endpoint, under Data."))));
        return options;
    }
}
