using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class ValueTests
{
    [Theory]
    [InlineData("10m", "00:10:00")]
    [InlineData("1d2h30m", "1.02:30:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("36h", "1.12:00:00")]
    [InlineData("1D", "1.00:00:00")]
    [InlineData("1d25h61m61s", "2.02:02:01")]
    [InlineData("3661s", "01:01:01")]
    [InlineData("1440m", "1.00:00:00")]
    [InlineData("1h 30m", "01:30:00")]
    [InlineData("30m1h", "01:30:00")]
    [InlineData("01:30:00", "01:30:00")]
    [InlineData("36:00:00", "1.12:00:00")]
    [InlineData("2-12:00:00", "2.12:00:00")]
    public void Durations_are_read(string text, string time) =>
        Assert.Equal(TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Duration.Parse(text).Value);

    [Theory]
    [InlineData("45")]
    [InlineData("")]
    [InlineData("0m")]
    [InlineData("0")]
    [InlineData("00:00:00")]
    [InlineData("2w")]
    [InlineData("1.5h")]
    [InlineData("1h1h")]
    [InlineData("-1h")]
    [InlineData("1:30")]
    [InlineData("1-24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("367d")]
    [InlineData("999999999d")]
    [InlineData("99999999999d")]
    [InlineData("UNLIMITED")]
    [InlineData("10m\n")]
    [InlineData("10m;id")]
    [InlineData("١٠m")]
    public void Durations_are_refused(string text) =>
        Assert.Equal("INVALID_DURATION", Assert.Single(Duration.Parse(text).Problems!).Code);

    [Theory]
    [InlineData("200 MB", 200)]
    [InlineData("100M", 100)]
    [InlineData("2G", 2048)]
    [InlineData("2g", 2048)]
    [InlineData("2 GiB", 2048)]
    [InlineData("1.5GB", 1536)]
    [InlineData("1G512M", 1536)]
    [InlineData("2625M", 2625)]
    [InlineData("1T", 1048576)]
    [InlineData("1024K", 1)]
    [InlineData("1K", 1)]
    [InlineData("1025K", 2)]
    [InlineData("0.1G", 103)]
    public void Memory_is_read(string text, long mib) => Assert.Equal(mib, MemorySize.Parse(text).Value);

    [Theory]
    [InlineData("500")]
    [InlineData("")]
    [InlineData("0M")]
    [InlineData("0.0G")]
    [InlineData("-1G")]
    [InlineData("2Q")]
    [InlineData("1G1G")]
    [InlineData("1,5G")]
    [InlineData("2000T")]
    [InlineData("1e3M")]
    [InlineData("1G\n")]
    [InlineData("G")]
    public void Memory_is_refused(string text) =>
        Assert.Equal("INVALID_MEMORY", Assert.Single(MemorySize.Parse(text).Problems!).Code);

    [Theory]
    [InlineData("1-8", "1,2,3,4,5,6,7,8", null)]
    [InlineData("1,3,7-9", "1,3,7,8,9", null)]
    [InlineData("0-15:5", "0,5,10,15", null)]
    [InlineData("1-8%4", "1,2,3,4,5,6,7,8", 4)]
    [InlineData("0", "0", null)]
    [InlineData("5-5", "5", null)]
    public void Arrays_are_read(string text, string tasks, int? limit)
    {
        var array = TaskArray.Parse(text).Value!;

        Assert.Equal((tasks, limit, text), (string.Join(',', array.Tasks), array.Limit, array.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("8-1")]
    [InlineData("1-8:0")]
    [InlineData("1-8%0")]
    [InlineData("1,,2")]
    [InlineData("1,2,2")]
    [InlineData("1-5,3")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1:2")]
    [InlineData("1 - 8")]
    [InlineData("1-10001")]
    [InlineData("5000000")]
    [InlineData("99999999999999999999")]
    [InlineData("1-8 --wrap=id")]
    public void Arrays_are_refused(string text) =>
        Assert.Equal("INVALID_ARRAY", Assert.Single(TaskArray.Parse(text).Problems!).Code);

    [Fact]
    public void Ten_thousand_tasks_are_the_most() => Assert.Equal(10_000, TaskArray.Parse("1-10000").Value!.Tasks.Count);

    [Theory]
    [InlineData("endpoint://demo-data/a/b.csv", "endpoint://demo-data/a/b.csv", "/a/b.csv")]
    [InlineData("FTP://Host.Example:21//a/./b c.csv", "ftp://host.example/a/b%20c.csv", "/a/b c.csv")]
    [InlineData("sftp://[::1]:2222/é", "sftp://[::1]:2222/%C3%A9", "/é")]
    [InlineData("https://h/a%2Bb?x=1&y=a b", "https://h/a%2Bb?x=1&y=a%20b", "/a+b")]
    [InlineData("ftps://h/%25", "ftps://h/%25", "/%")]
    public void Locations_are_made_regular_and_stay_so(string text, string regular, string path)
    {
        var location = Location.Parse(text).Value!;

        Assert.Equal((regular, path), (location.ToString(), location.Path));
        Assert.Equal(location, Location.Parse(location.ToString()).Value);
    }

    [Theory]
    [InlineData("", "INVALID_LOCATION")]
    [InlineData("a/b", "INVALID_LOCATION")]
    [InlineData("-x://h/a", "INVALID_LOCATION")]
    [InlineData(" ftp://h/a", "INVALID_LOCATION")]
    [InlineData("ftp:///a", "INVALID_LOCATION")]
    [InlineData("ftp://h:0/a", "INVALID_LOCATION")]
    [InlineData("ftp://h:99999/a", "INVALID_LOCATION")]
    [InlineData("ftp://h o/a", "INVALID_LOCATION")]
    [InlineData("ftp://h\\x/a", "INVALID_LOCATION")]
    [InlineData("ftp://-h/a", "INVALID_LOCATION")]
    [InlineData("ftp://[::g]/a", "INVALID_LOCATION")]
    [InlineData("ftp://[::1/a", "INVALID_LOCATION")]
    [InlineData("ftp://h/a%", "INVALID_LOCATION")]
    [InlineData("ftp://h/a%2fb", "INVALID_LOCATION")]
    [InlineData("ftp://h/a%00b", "INVALID_LOCATION")]
    [InlineData("ftp://h/a%0ab", "INVALID_LOCATION")]
    [InlineData("ftp://h/a\nb", "INVALID_LOCATION")]
    [InlineData("ftp://h/a/../b", "INVALID_LOCATION")]
    [InlineData("ftp://h/.%2e/b", "INVALID_LOCATION")]
    [InlineData("ftp://h/a?b", "INVALID_LOCATION")]
    [InlineData("https://h/a#b", "INVALID_LOCATION")]
    [InlineData("endpoint://Bad_Name/a", "INVALID_LOCATION")]
    [InlineData("endpoint://e:21/a", "INVALID_LOCATION")]
    [InlineData("gopher://h/a", "UNSUPPORTED_SCHEME")]
    [InlineData("ftp://u:p@h/a", "SECRET_IN_URL")]
    [InlineData("https://h/a?X-Amz-Signature=abc", "SECRET_IN_URL")]
    public void Locations_are_refused(string text, string code) =>
        Assert.Equal(code, Assert.Single(Location.Parse(text).Problems!).Code);
}
