using System.CommandLine;
using System.Globalization;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Audit;

/// <summary><c>portal audit seal</c>: seals what happened up to now.</summary>
public static class SealCommand
{
    /// <summary>The command.</summary>
    public static Command Make() =>
        new Command("seal", "Seal what happened up to now, without waiting for the minute; for administrators and auditors").Does(
            async (parsed, portal, cancel) =>
            {
                var done = await portal.ChangeAsync<SealedNow>(new Operation("Seals", "SealNow"), new { }, cancel);
                parsed.Show(done, () => Console.Out.WriteLine(Print.Plain(Words(done))));
                return ExitCode.Well;
            });

    private static string Words(SealedNow done) => done switch
    {
        { Last: null } => "Nothing ever happened: there is nothing to seal.",
        { Made: 0, Last: var seal } => $"Nothing is new since seal {Number(seal.Number)} of {Print.Time(seal.Time)}.",
        { Last: var seal } =>
            $"Sealed: {Number(seal.Total)} events, up to position {Number(seal.To)}, by seal {Number(seal.Number)}.",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What came of it.</summary>
    public sealed record SealedNow(long Made, LastSeal? Last);

    /// <summary>The last seal.</summary>
    public sealed record LastSeal(long Number, DateTimeOffset Time, long Total, long To, string Text);
}
