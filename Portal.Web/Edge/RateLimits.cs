using System.Threading.RateLimiting;

namespace Portal.Web.Edge;

/// <summary>Counts what senders ask for, on this node: requests by token, account and address, guessed tokens, wrong sign-ins
/// and new accounts by address, mails by mailbox and address. Each has a bucket, as <see cref="TokenBucketRateLimiter"/> has
/// it.</summary>
public sealed class RateLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Sender> requests;
    private readonly PartitionedRateLimiter<string> wrongTokens;
    private readonly PartitionedRateLimiter<string> wrongSignIns;
    private readonly PartitionedRateLimiter<string> accounts;
    private readonly PartitionedRateLimiter<string> mailsTo;
    private readonly PartitionedRateLimiter<string> mailsFrom;

    /// <summary>Begins with full buckets.</summary>
    public RateLimits(LimitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        PartitionedRateLimiter<Sender> By(Func<Sender, string?> key, int each) => PartitionedRateLimiter.Create<Sender, string>(
            sender => Bucket(key(sender), each * settings.SavedSeconds, each, TimeSpan.FromSeconds(1)));
        requests = PartitionedRateLimiter.CreateChained(
            By(sender => sender.Token, settings.PerToken),
            By(sender => sender.Account, settings.PerAccount),
            By(sender => sender.Account is null ? sender.Address : null, settings.PerAddress));
        PartitionedRateLimiter<string> Wrong() => PartitionedRateLimiter.Create<string, string>(
            address => Bucket(address, 3 * settings.WrongTries, settings.WrongTries, TimeSpan.FromMinutes(1)));
        (wrongTokens, wrongSignIns) = (Wrong(), Wrong());
        accounts = PartitionedRateLimiter.Create<string, string>(
            address => Bucket(address, settings.Accounts, settings.Accounts, TimeSpan.FromHours(1)));
        mailsTo = PartitionedRateLimiter.Create<string, string>(
            mailbox => Bucket(mailbox, settings.Mails, settings.Mails, TimeSpan.FromHours(1)));
        mailsFrom = PartitionedRateLimiter.Create<string, string>(
            address => Bucket(address, 10 * settings.Mails, 10 * settings.Mails, TimeSpan.FromHours(1)));
    }

    /// <summary>How long the sender has to wait; null when the request may pass.</summary>
    public TimeSpan? Ask(Sender sender) => Wait(requests, sender);

    /// <summary>Counts a guessed access token. How long the address has to wait when there were too many; else null.</summary>
    public TimeSpan? WrongToken(string address) => Wait(wrongTokens, address);

    /// <summary>Counts a wrong password or code. Programs and people behind one address do not count for each other.</summary>
    public void WrongSignIn(string address) => Wait(wrongSignIns, address);

    /// <summary>Whether the address may try a password: not when too many from there were wrong. Costs nothing.</summary>
    public bool MaySignIn(string address) => wrongSignIns.GetStatistics(address) is not { CurrentAvailablePermits: < 1 };

    /// <summary>Counts an account that is to be made. How long the address has to wait; null when it may be made.</summary>
    public TimeSpan? Account(string address) => Wait(accounts, address);

    /// <summary>Counts a mail that somebody asks for. How long its mailbox has to be left alone; null when it may be
    /// sent.</summary>
    public TimeSpan? MailTo(string mailbox) => Wait(mailsTo, mailbox);

    /// <summary>Counts a mail that is asked for from an address. How long that has to wait; null when it may ask.</summary>
    public TimeSpan? MailFrom(string address) => Wait(mailsFrom, address);

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        wrongTokens.Dispose();
        wrongSignIns.Dispose();
        accounts.Dispose();
        mailsTo.Dispose();
        mailsFrom.Dispose();
    }

    private static TimeSpan? Wait<T>(PartitionedRateLimiter<T> limiter, T sender)
    {
        using var lease = limiter.AttemptAcquire(sender);
        if (lease.IsAcquired) return null;
        var least = TimeSpan.FromSeconds(1);
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > least ? after : least;
    }

    // Refilled little by little, so that who is refused does not wait for a whole period.
    private static RateLimitPartition<string> Bucket(string? key, int size, int refill, TimeSpan period)
    {
        if (key is null || size <= 0) return RateLimitPartition.GetNoLimiter(key ?? "");
        var step = Math.Max(1, refill / 10);
        return RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = size, QueueLimit = 0, TokensPerPeriod = step, ReplenishmentPeriod = period * step / refill,
        });
    }
}
