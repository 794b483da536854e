using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MimeKit;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Fixtures;

/// <summary>A mail that arrived.</summary>
/// <param name="To">For whom it was handed over.</param>
/// <param name="Message">What it is.</param>
/// <param name="Raw">How it came over the wire.</param>
/// <param name="Tls">Whether the line was encrypted.</param>
/// <param name="User">Who had signed in.</param>
public sealed record ReceivedMail(IReadOnlyList<string> To, MimeMessage Message, string Raw, bool Tls, string? User)
{
    /// <summary>The link that stands in it, with its secret.</summary>
    public string Link => Message.TextBody!.Split('\n').Select(line => line.Trim())
        .Single(line => line.StartsWith("http", StringComparison.Ordinal));
}

/// <summary>A real mail server (Debian's aiosmtpd) as a process, on a free port of the loopback.</summary>
public sealed class MailHost : IAsyncDisposable
{
    private readonly List<ReceivedMail> mails = [];
    private readonly List<string> refused = [];
    private readonly Process process;
    private Task reading = Task.CompletedTask;
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MailHost(Process process) => this.process = process;

    public int Port { get; private set; }

    /// <summary>Everything that arrived so far.</summary>
    public IReadOnlyList<ReceivedMail> Mails
    {
        get { lock (mails) return [.. mails]; }
    }

    /// <summary>Starts one; further arguments of smtp.py.</summary>
    public static async Task<MailHost> StartAsync(CancellationToken cancel, params string[] arguments)
    {
        if (Array.IndexOf(arguments, "--password") is var at and >= 0) Secrets.Note("a mail server's password", arguments[at + 1]);
        // Debian's own Python, which has the package.
        var script = Repository.PathOf("Portal.Tests", "Fixtures", "smtp.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        var server = new MailHost(Process.Start(start)!);
        var first = await server.process.StandardOutput.ReadLineAsync(cancel)
            ?? throw new InvalidOperationException("The mail server did not start: site/require mail");
        server.Port = JsonElement.Parse(first).GetProperty("port").GetInt32();
        server.reading = server.ReadAsync();
        return server;
    }

    /// <summary>Waits for the mail to somebody that comes after so many others to them.</summary>
    public Task<ReceivedMail> NextAsync(string to, CancellationToken cancel, int after = 0) =>
        WaitAsync(() => mails.Where(mail => mail.To.Contains(to)).Skip(after).FirstOrDefault(), cancel);

    /// <summary>Waits until somebody's mail was put off.</summary>
    public Task<string> PutOffAsync(string to, CancellationToken cancel) =>
        WaitAsync(() => refused.FirstOrDefault(one => one == to), cancel);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private async Task<T> WaitAsync<T>(Func<T?> find, CancellationToken cancel) where T : class
    {
        while (true)
        {
            Task next;
            lock (mails)
            {
                if (find() is { } found) return found;
                next = news.Task;
            }
            await next.WaitAsync(TimeSpan.FromMinutes(2), cancel);
        }
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var told = JsonElement.Parse(line);
            lock (mails)
            {
                if (told.TryGetProperty("refused", out var name)) refused.Add(name.GetString()!);
                else mails.Add(Read(told));
                news.TrySetResult();
                news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private static ReceivedMail Read(JsonElement told)
    {
        var raw = told.GetProperty("raw").GetString()!;
        foreach (var secret in Exchange.Made().Matches(raw.Replace("=\r\n", "", StringComparison.Ordinal)))
            Secrets.Note("a secret in a mail", $"{secret}", SecretKind.Shown);
        return new([.. told.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(raw))), raw,
            told.GetProperty("tls").GetBoolean(), told.GetProperty("user").GetString());
    }
}
