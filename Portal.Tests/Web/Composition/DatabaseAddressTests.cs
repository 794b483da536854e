using Npgsql;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Composition;

/// <summary>The database is spoken to in plain text only on this machine, and where somebody wrote that it shall be.</summary>
public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("Host=db.example.org", SslMode.Require)]
    [InlineData("Host=db.example.org;SSL Mode=Prefer", SslMode.Require)]
    [InlineData("Host=db.example.org;SSL Mode=Allow", SslMode.Require)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", SslMode.VerifyFull)]
    [InlineData("Host=db.example.org;SSL Mode=Disable", SslMode.Disable)]
    [InlineData("Host=127.0.0.1,db.example.org", SslMode.Require)]
    [InlineData("Host=192.0.2.1", SslMode.Require)]
    [InlineData("Host=127.0.0.1", SslMode.Prefer)]
    [InlineData("Host=::1", SslMode.Prefer)]
    [InlineData("Host=localhost", SslMode.Prefer)]
    [InlineData("Host=/run/postgresql", SslMode.Prefer)]
    [InlineData("Host=@portal", SslMode.Prefer)]
    public void Nothing_falls_back_to_plain_text_over_a_network(string given, SslMode mode)
    {
        var made = new NpgsqlConnectionStringBuilder(DatabaseAddress.WithoutFallback(given + ";Database=portal"));
        Assert.Equal((mode, "portal"), (made.SslMode, made.Database));
    }

    [Fact]
    public void What_is_no_connection_string_is_named() =>
        Assert.StartsWith("Portal:Database: ", Assert.Throws<FormatException>(
            () => DatabaseAddress.WithoutFallback("Host=x;Nonsense=1")).Message, StringComparison.Ordinal);
}
