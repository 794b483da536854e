using System.Globalization;
using System.Text;
using System.Text.Json;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class JsonOutputTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain é € 😀", "\"plain é € 😀\"")]
    [InlineData("\"\\/\b\f\n\r\t\u0001", "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\"")]
    [InlineData("\n😀\u001f", "\"\\n😀\\u001f\"")]
    public void Strings_are_escaped_where_they_must_be(string value, string json)
    {
        using var output = new JsonOutput(1);
        output.WriteString(value);
        Assert.Equal(json, Encoding.UTF8.GetString(output.Written.Span));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_escape()
    {
        using var output = new JsonOutput();
        output.WriteString("a\ud83d b\ude00\ud83d");
        Assert.Equal("\"a\\ud83d b\\ude00\\ud83d\"", Encoding.UTF8.GetString(output.Written.Span));
    }

    [Theory]
    [InlineData(0d, "0")]
    [InlineData(1d, "1")]
    [InlineData(-12.75, "-12.75")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1.5e-9, "1.5e-9")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(999999999999999.9, "999999999999999.9")]
    public void Numbers_have_the_layout_of_ECMAScript(double value, string json)
    {
        using var output = new JsonOutput();
        output.WriteNumber(value);
        Assert.Equal(json, Encoding.UTF8.GetString(output.Written.Span));
    }

    [Fact]
    public void What_grows_and_is_taken_back_stays_whole()
    {
        using var output = new JsonOutput(16);
        output.WriteRaw("["u8);
        for (var i = 0; i < 1000; i++)
        {
            output.WriteNumber((long)i);
            output.WriteRaw((byte)',');
        }
        output.Length--;
        var kept = output.Length;
        output.WriteString("to be taken back");
        output.Length = kept;
        output.WriteRaw("]"u8);
        using var read = JsonDocument.Parse(output.Written);
        Assert.Equal(Enumerable.Range(0, 1000), read.RootElement.EnumerateArray().Select(item => item.GetInt32()));
    }

    [Fact]
    public void Numbers_of_every_kind_are_written_exactly()
    {
        using var output = new JsonOutput();
        output.WriteValue(new List<object?> { long.MinValue, ulong.MaxValue, 79228162514264337593543950335m, (short)-1, 2.5f });
        Assert.Equal(
            "[-9223372036854775808,18446744073709551615,79228162514264337593543950335,-1,2.5]",
            Encoding.UTF8.GetString(output.Written.Span));
        Assert.Equal("2.5", 2.5f.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Short_numbers_have_the_digits_that_long_ones_have()
    {
        var chance = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var value = Math.Round((chance.NextDouble() - 0.5) * Math.Pow(10, chance.Next(12)), chance.Next(7));
            using var output = new JsonOutput(64);
            output.WriteNumber(value);
            var text = Encoding.UTF8.GetString(output.Written.Span);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            var digits = Math.Abs(value) is 0 or >= 1e-4 ? value.ToString("R", CultureInfo.InvariantCulture) : text;
            Assert.Equal(digits.Replace("-0", "0", StringComparison.Ordinal), text.Replace("-0", "0", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Text_of_every_length_is_whole_wherever_its_special_character_stands()
    {
        for (var length = 0; length < 40; length++)
        {
            for (var at = 0; at <= length; at++)
            {
                foreach (var special in new[] { "", "\"", "\u0001", "\u007f", "é", "😀" })
                {
                    var value = new string('x', length).Insert(at, special);
                    using var output = new JsonOutput(16);
                    output.WriteString(value);
                    Assert.Equal(value, JsonSerializer.Deserialize<string>(output.Written.Span));
                }
            }
        }
    }
}
