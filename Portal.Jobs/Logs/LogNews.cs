using Portal.Domain.Runs;

namespace Portal.Jobs.Logs;

/// <summary>Tells those who follow a log in this process that something was added to it.</summary>
internal sealed class LogNews
{
    private readonly Lock gate = new();
    private readonly Dictionary<LogName, List<Listener>> listeners = [];

    /// <summary>Listens from now on.</summary>
    public ILogNews Listen(LogName name)
    {
        var listener = new Listener(this, name);
        lock (gate)
        {
            if (!listeners.TryGetValue(name, out var known)) listeners[name] = known = [];
            known.Add(listener);
        }
        return listener;
    }

    /// <summary>Something was added.</summary>
    public void Tell(LogName name)
    {
        lock (gate)
            foreach (var listener in listeners.GetValueOrDefault(name) ?? []) listener.Hear();
    }

    private void Leave(Listener listener)
    {
        lock (gate)
        {
            if (listeners.TryGetValue(listener.Name, out var known) && known.Remove(listener) && known.Count == 0)
                listeners.Remove(listener.Name);
        }
    }

    private sealed class Listener(LogNews news, LogName name) : ILogNews
    {
        private readonly SemaphoreSlim heard = new(0);

        public LogName Name => name;

        // Once for whatever came since the last waiting. One at a time: the caller holds the gate.
        public void Hear()
        {
            if (heard.CurrentCount == 0) heard.Release();
        }

        public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancel) => heard.WaitAsync(most, cancel);

        public void Dispose() => news.Leave(this);
    }
}
