using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;

namespace Portal.Tests.Jobs.Credentials;

public sealed class SealingTests
{
    private static readonly Id<Machine> Machine = new(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]));
    private static readonly Id<Credential> Credential = new(new Guid(2, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]));

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void A_token_reads_back_however_it_is_typed()
    {
        foreach (var seed in Enumerable.Range(0, 500))
        {
            var secret = Bytes(32, seed);
            var token = SealingToken.Write(secret);
            Assert.Matches("^portal(-[0-9A-HJKMNP-TV-Z]{5}){11}$", token);
            foreach (var typed in (string[])[token, token.ToLowerInvariant(), " " + token.Replace("-", " ") .Replace("portal ", ""),
                token.Replace('0', 'o').Replace('1', 'l').Replace("portao", "portal")])
                Assert.Equal(secret, SealingToken.Read(typed).Value);
        }
    }

    [Fact]
    public void A_cut_or_mistyped_token_is_malformed_before_anything_is_opened()
    {
        var token = SealingToken.Write(Bytes(32, 1));
        foreach (var length in Enumerable.Range(0, token.Length))
            Assert.Equal("TOKEN_MALFORMED", SealingToken.Read(token[..length]).Problems![0].Code);
        for (var at = "portal-".Length; at < token.Length; at++)
        {
            if (token[at] == '-') continue;
            var wrong = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.Equal("TOKEN_MALFORMED", SealingToken.Read(wrong).Problems![0].Code);
        }
        foreach (var odd in (string[])["", "portal-", token + "0", token.Replace(token[8], 'U'), "\0", new string('-', 100)])
            Assert.Equal("TOKEN_MALFORMED", SealingToken.Read(odd).Problems![0].Code);
    }

    [Fact]
    public void A_sealed_key_opens_with_its_token_for_its_credential_alone()
    {
        var secret = Bytes(32, 2);
        var key = Bytes(400, 3);
        var envelope = Sealing.Seal(secret, Sealing.KeyContext(Machine, Credential), key, Bytes(Sealing.RandomBytes, 4));
        Assert.Equal(key, Sealing.OpenKey(SealingToken.Write(secret), Machine, Credential, envelope).Value);
        var other = SealingToken.Write(Bytes(32, 5));
        Assert.Equal("TOKEN_WRONG", Sealing.OpenKey(other, Machine, Credential, envelope).Problems![0].Code);
        Assert.Null(Sealing.Open(secret, Sealing.KeyContext(Machine, new(Machine.Value)), envelope));
        Assert.Null(Sealing.Open(secret, Sealing.KeyContext(new(Credential.Value), Credential), envelope));
    }

    [Fact]
    public void An_envelope_changed_anywhere_does_not_open()
    {
        var secret = Bytes(32, 2);
        var envelope = Sealing.Seal(secret, "context", Bytes(100, 3), Bytes(Sealing.RandomBytes, 4));
        for (var at = 0; at < envelope.Length; at++)
        {
            var changed = (byte[])envelope.Clone();
            changed[at] ^= 1;
            Assert.Null(Sealing.Open(secret, "context", changed));
            Assert.Null(Sealing.Open(secret, "context", envelope.AsSpan(0, at)));
        }
        Assert.Null(Sealing.Open(secret, "context", [.. envelope, 0]));
    }

    [Fact]
    public void A_lease_is_bound_to_each_of_its_terms()
    {
        var master = Bytes(32, 9);
        var terms = new LeaseTerms(new(new Guid(Bytes(16, 1))), new(new Guid(Bytes(16, 2))), Credential, DateTimeOffset.UnixEpoch.AddDays(9));
        var envelope = Sealing.Seal(master, Sealing.LeaseContext(terms), [1, 2, 3], Bytes(Sealing.RandomBytes, 4));
        Assert.Equal([1, 2, 3], Sealing.Open(master, Sealing.LeaseContext(terms), envelope)!);
        foreach (var wrong in (LeaseTerms[])[terms with { Lease = default }, terms with { Run = default },
            terms with { Credential = default }, terms with { Until = terms.Until.AddSeconds(1) }])
            Assert.Null(Sealing.Open(master, Sealing.LeaseContext(wrong), envelope));
    }
}
