using System.Text.Json;

namespace Portal.EventStore;

/// <summary>The lines of an export that can be verified (JSON Lines, UTF-8): <c>{"export":…}</c>, then events (<see
/// cref="EventLine"/>), behind those of a seal <c>{"seal":…}</c>, behind all <c>{"proof":…}</c> and <c>{"end":…}</c>. Without
/// their ends.</summary>
public static class ExportLines
{
    /// <summary>The form that this build writes and reads.</summary>
    public const string Form = "portal-export 1";

    internal const string Export = """{"export":""", Seal = """{"seal":""", Proof = """{"proof":""", End = """{"end":""";

    /// <summary>The first line.</summary>
    /// <param name="keys">The public keys that the portal signs with, PEM.</param>
    public static byte[] First(string keys) => Write(new First(new(Form, keys)));

    /// <summary>An event.</summary>
    public static byte[] Of(EventText recorded, byte[] previous) =>
        JsonSerializer.SerializeToUtf8Bytes(EventLine.Of(recorded, previous), EventLine.Json);

    /// <summary>A seal, behind its events.</summary>
    public static byte[] Of(SealedGroup group) => Write(new Sealed(group));

    /// <summary>The event of the export with its proof.</summary>
    public static byte[] Of(EventProof proof) => Write(new Proven(proof));

    /// <summary>The keys that stand in the first line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static string KeysOf(string line) => Read<First>(line) is { Export: { Form: Form, Keys: { } keys } }
        ? keys : throw new FormatException($"This is no export of the form '{Form}'.");

    /// <summary>The seal in a line.</summary>
    /// <exception cref="FormatException">There is none in it.</exception>
    internal static SealedGroup GroupOf(string line) => Read<Sealed>(line).Seal;

    /// <summary>The proof in a line.</summary>
    /// <exception cref="FormatException">There is none in it.</exception>
    internal static EventProof ProofOf(string line) => Read<Proven>(line).Proof.Checked();

    private static byte[] Write<T>(T line) => JsonSerializer.SerializeToUtf8Bytes(line, EventLine.Json);

    private static T Read<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, EventLine.Json) ?? throw new FormatException("The line is empty.");
        }
        catch (JsonException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
    }
}

/// <summary>What the first line holds.</summary>
internal sealed record ExportHead(string Form, string Keys);

/// <summary>The first line.</summary>
internal sealed record First(ExportHead Export);

/// <summary>A line with a seal.</summary>
internal sealed record Sealed(SealedGroup Seal);

/// <summary>A line with a proof.</summary>
internal sealed record Proven(EventProof Proof);
