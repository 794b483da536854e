using Portal.Web.Components.Accounts;
using Portal.Web.Components.Parts;

namespace Portal.Tests.Web;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1_288_490_188, "1.20 GiB")]
    [InlineData(long.MaxValue, "8192 PiB")]
    public void Bytes(long bytes, string said) => Assert.Equal(said, Format.Bytes(bytes));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0.32, "320 ms")]
    [InlineData(4.21, "4.2 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(187, "3 min 07 s")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(273600, "3 d 4 h")]
    public void Durations(double seconds, string said) => Assert.Equal(said, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007prompt", "prompt")]
    [InlineData(" 10%\r 50%\r100%", "100%")]
    [InlineData("windows\r", "windows")]
    [InlineData("a\tb", "a    b")]
    [InlineData("bell\u0007", "bell\uFFFD")]
    public void A_log_line_is_what_a_terminal_leaves(string raw, string shown) => Assert.Equal(shown, LogText.Clean(raw));

    [Fact]
    public void A_log_takes_pieces_cut_anywhere()
    {
        var log = new LogText();
        foreach (var piece in new[] { "fir", "st\nsec", "ond", "\n", "third" })
            log.Append(piece);
        Assert.Equal(["first", "second", "third"], log.Lines);
    }

    [Fact]
    public void A_log_stays_bounded_and_says_what_it_dropped()
    {
        var log = new LogText();
        for (var part = 0; part < 5; part++)
            log.Append(string.Concat(Enumerable.Range(part * 10_000, 10_000).Select(line => $"{line}\n")));
        Assert.True(log.Lines.Count <= LogText.MaximumLines);
        Assert.Equal(50_000, log.Dropped + log.Lines.Count);
        Assert.Equal("49999", log.Lines[^1]);
    }

    [Theory]
    [InlineData("/runs?page=2", "/runs?page=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\nb", "/")]
    [InlineData(null, "/")]
    public void After_sign_in_nobody_is_sent_away(string? wanted, string path) => Assert.Equal(path, Local.Path(wanted));

    [Fact]
    public void A_list_is_read_from_its_address()
    {
        var query = ListQuery.From(new Uri("http://x/runs?q=heat&phase=Running&other=1&sort=-name&page=3"), ["phase"], "-time", 20);
        Assert.Equal(("heat", "Running", "name", true, 40),
            (query.Text, query.Filter("phase"), query.Sort, query.Descending, query.Offset));
        Assert.Null(query.Filter("other"));
    }

    [Theory]
    [InlineData("?page=-1&q=%20")]
    [InlineData("?page=abc")]
    [InlineData("")]
    public void What_makes_no_sense_in_an_address_is_passed_over(string text)
    {
        var query = ListQuery.From(new Uri("http://x/runs" + text), ["phase"], "-time", 20);
        Assert.Equal((null, "time", true, 1, false), (query.Text, query.Sort, query.Descending, query.Page, query.Narrowed));
    }
}
