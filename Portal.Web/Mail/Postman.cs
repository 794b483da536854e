using MailKit.Net.Smtp;
using Npgsql;

namespace Portal.Web.Mail;

/// <summary>Takes mails out of the outbox and hands them to the server, outside of every request. What a server refuses for
/// now, or does not answer to, is tried again with growing pauses; what it refuses for good is not.</summary>
public sealed class Postman(
    Outbox outbox, IServiceScopeFactory scopes, SmtpServer server, ILogger<Postman> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await outbox.TakeAsync(stoppingToken) is var (id, parcel, attempts))
                    await DeliverAsync(id, parcel, attempts, stoppingToken);
                await outbox.NewsAsync(Round, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException fault)
            {
                logger.LogWarning("The outbox cannot be read: {Fault}", fault.Message);
                await outbox.NewsAsync(Round, stoppingToken);
            }
        }
    }

    /// <summary>The pause after that many attempts: it doubles, up to half an hour.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        attempts > 10 ? LongestPause : Shorter(FirstPause * Math.Pow(2, attempts - 1), LongestPause);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task DeliverAsync(Guid id, Parcel? parcel, int attempts, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var letter = parcel is null
                ? null
                : await scope.ServiceProvider.GetRequiredService<LetterWriter>().WriteAsync(parcel, cancel);
            if (letter is not null) await server.SendAsync(id, letter, cancel);
            await outbox.RemoveAsync(id, cancel);
        }
        // What servers and libraries say may name the address: the log gets the kind of the fault and the server's number.
        catch (Exception fault) when (IsForGood(fault))
        {
            logger.LogWarning("The mail {Mail} ({Kind}) was refused for good: {Fault}.", id, parcel, Kind(fault));
            await outbox.RemoveAsync(id, cancel);
        }
        // Whatever else went wrong, with this mail or for a while: the others go on, and the portal with them.
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            var pause = PauseAfter(attempts);
            logger.LogWarning("The mail {Mail} ({Kind}) was not sent, attempt {Attempt}: {Fault}. The next is in {Pause}.",
                id, parcel, attempts, Kind(fault), pause);
            await outbox.LaterAsync(id, pause, cancel);
        }
    }

    private static bool IsForGood(Exception fault) => fault is MimeKit.ParseException or SmtpCommandException
    {
        ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, StatusCode: >= (SmtpStatusCode)500,
    };

    private static string Kind(Exception fault) => fault is SmtpCommandException refused
        ? $"{refused.ErrorCode}, status {(int)refused.StatusCode}"
        : fault.GetType().Name;
}
