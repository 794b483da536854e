using System.Security.Cryptography;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Tests.Jobs.Transfers;

public sealed class ResumableSha256Tests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(63, 63)]
    [InlineData(64, 64)]
    [InlineData(1000, 65)]
    [InlineData(100_000, 77_777)]
    public void A_hash_written_down_and_taken_up_is_the_hash_of_the_whole(int size, int stop)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var first = new ResumableSha256();
        first.Append(bytes.AsSpan(0, stop));
        var second = ResumableSha256.From(HashMark.Parse(first.Mark().ToString())!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, stop))), second.Hex());
        second.Append(bytes.AsSpan(stop));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), second.Hex());
        Assert.Equal(size, second.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("64:abc:")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000:")]
    [InlineData("65:0000000000000000000000000000000000000000000000000000000000000000:")]
    [InlineData("64:000000000000000000000000000000000000000000000000000000000000000g:")]
    public void Anything_else_is_no_mark(string text) => Assert.Null(HashMark.Parse(text));
}
