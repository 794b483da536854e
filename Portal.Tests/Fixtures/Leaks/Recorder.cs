using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Portal.Web.Composition;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>Has every portal of this process recorded: its log at a talkative level, requests and answers, activities.</summary>
public sealed class Recorder : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The variable that names the folder of a portal in a process of its own.</summary>
    public const string Variable = "PORTAL_TESTS_RECORDING";

    private static readonly ConcurrentDictionary<string, bool> Told = [];
    private static readonly AsyncLocal<List<Recording>?> Begun = new();
    private static Func<Recording> recording = () =>
    {
        var made = new Recording(Directory.CreateTempSubdirectory("portal-recording-").FullName);
        Begun.Value?.Add(made);
        return made;
    };
    private static Action<string> tell = _ => { };

    private Recorder()
    {
    }

    static Recorder()
    {
        DiagnosticListener.AllListeners.Subscribe(new Recorder());
        ActivitySource.AddActivityListener(new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        });
    }

    /// <summary>Every word of the traces of this process's portals so far, each once.</summary>
    public static ICollection<string> Traces => Told.Keys;

    /// <summary>Takes a word out: what was found is told by one test and not by all that end later.</summary>
    public static void Forget(string word) => Told.TryRemove(word, out _);

    /// <summary>Starts a portal in this process; its recording is one of its services.</summary>
    public static async Task<RunningPortal> StartAsync(string[] args, CancellationToken cancel)
    {
        var begun = Begun.Value = [];
        try
        {
            return await PortalHost.StartAsync(args, cancel);
        }
        catch
        {
            // Nobody disposes of a portal that did not start.
            foreach (var made in begun)
            {
                made.Dispose();
                Directory.Delete(made.Folder, recursive: true);
            }
            throw;
        }
    }

    /// <summary>Records the portal of a process of its own.</summary>
    internal static void Begin(string folder)
    {
        recording = () => new(folder);
        var file = new StreamWriter(new FileStream(Path.Combine(folder, "traces"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0))
        {
            AutoFlush = true,
        };
        tell = word =>
        {
            lock (file) file.WriteLine(word);
        };
    }

    private static void Hear(Activity activity)
    {
        Tell(activity.OperationName);
        Tell(activity.DisplayName);
        Tell(activity.StatusDescription);
        foreach (var (name, value) in activity.TagObjects) Tell($"{name}={value}");
        foreach (var (name, value) in activity.Baggage) Tell($"{name}={value}");
        foreach (var occasion in activity.Events)
            foreach (var (name, value) in occasion.Tags) Tell($"{occasion.Name} {name}={value}");
    }

    private static void Tell(string? word)
    {
        if (word is not null && Told.TryAdd(word, true)) tell(word);
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
    }

    // Sent by every host's builder before it builds.
    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            builder.ConfigureServices((host, services) =>
            {
                if (host.HostingEnvironment.ApplicationName == "Portal.Web") recording().Attach(services);
            });
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
