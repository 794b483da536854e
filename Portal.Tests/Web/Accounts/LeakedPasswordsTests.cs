using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>Passwords in a file as the download of Pwned Passwords has it, made here.</summary>
public sealed class LeakedPasswordsTests(PostgresFixture postgres) : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n", 1)]
    [InlineData("\r\n", 2)]
    [InlineData("\r\n", 1000)]
    public void Every_password_of_the_file_is_found_and_no_other(string newline, int count)
    {
        var passwords = Enumerable.Range(0, count).Select(number => $"leaked password {number}").ToList();
        Write(passwords, newline);
        using var leaked = Open();
        Assert.All(passwords, password => Assert.True(leaked.Holds(password), password));
        Assert.All(passwords, password => Assert.False(leaked.Holds($"{password}!"), password));
    }

    [Fact]
    public void The_last_line_may_end_with_the_file()
    {
        Write(["one", "two", "three"], "\n");
        File.WriteAllText(path, File.ReadAllText(path).TrimEnd('\n'));
        using var leaked = Open();
        Assert.All((string[])["one", "two", "three"], password => Assert.True(leaked.Holds(password)));
        Assert.False(leaked.Holds("four"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password\n")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:1\n0000000000000000000000000000000000000000:1\n"
        + "0000000000000000000000000000000000000001:1\n")]
    public void What_is_no_such_file_is_refused_at_start(string text)
    {
        File.WriteAllText(path, text);
        Assert.Throws<FormatException>(Open);
        File.Delete(path);
        Assert.Throws<FormatException>(Open);
    }

    [Fact]
    public async Task Nobody_chooses_a_password_that_has_leaked()
    {
        Write(["another long sentence"], "\n");
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", $"--Portal:Passwords:LeakedFile={path}");
        using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        using var refused = await visit.PostAsync("account", "account", new()
        {
            ["_handler"] = "password", ["Given.Current"] = CookieVisit.Password,
            ["Given.New"] = "another long sentence", ["Given.Again"] = "another long sentence",
        }, Cancel);
        Assert.Contains("This password has leaked somewhere", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(path);

    private LeakedPasswords Open() => new(new() { LeakedFile = path });

    private void Write(IEnumerable<string> passwords, string newline) => File.WriteAllText(path, string.Concat(passwords
        .Select(password => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)))).Order(StringComparer.Ordinal)
        .Select((hash, at) => string.Create(CultureInfo.InvariantCulture, $"{hash}:{(at + 1) * 37}{newline}"))));
}
