using Portal.Domain.Common;

namespace Portal.Web.Edge;

/// <summary>Log lines of what looks like an attempt at getting round something, of nobody who is known: too many requests, forged
/// forms, wrong tokens, tries at accounts that are not there. Of the same from one address one line a minute.</summary>
public sealed class AttemptLog(ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>What the lines are filed under.</summary>
    public const string Category = "Portal.Attempts";

    private readonly ILogger logger = loggers.CreateLogger(Category);
    private readonly Sparing<string, string> lines = new(20);

    /// <summary>Writes it down, unless it is one too many.</summary>
    /// <param name="context">The request; its address is told, and nothing that it says.</param>
    /// <param name="what">What was tried: words of the program.</param>
    public void Note(HttpContext? context, string what)
    {
        if (lines.Take(Sender.AddressOf(context), what, time.GetUtcNow()))
            logger.LogWarning("Attempt from {Address}: {What}", context?.Connection.RemoteIpAddress, what);
    }
}
