using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Execution;

namespace Portal.Tests.GraphQL.CodeFirst;

public sealed class ScalarTests
{
    private static readonly Schema Schema = new CodeFirstSchema()
        .Scalar<Version>("Version", new VersionCodec(), "Numbers with points.").Add(typeof(Echoes)).Build();

    [Theory]
    [InlineData("time", "DateTime", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("time", "DateTime", "\"2026-01-02T03:04:05.25Z\"")]
    [InlineData("time", "DateTime", "\"2026-01-02T03:04:05.123+02:00\"")]
    [InlineData("day", "Date", "\"2024-02-29\"")]
    [InlineData("span", "Duration", "\"P1DT2H3M4.5S\"")]
    [InlineData("id", "UUID", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [InlineData("url", "URL", "\"https://example.org/a?b=c#d\"")]
    [InlineData("big", "Long", "-9223372036854775808")]
    [InlineData("exact", "Decimal", "12.5")]
    [InlineData("json", "JSON", """{"a":[1,null,{"b":"c\n"}],"d":true}""")]
    [InlineData("version", "Version", "\"1.2.3\"")]
    public async Task What_goes_in_comes_out(string field, string type, string json)
    {
        Assert.Equal($"{{\"data\":{{\"{field}\":{json}}}}}", await AskAsync(field, type, json));
        Assert.Equal($"{{\"data\":{{\"{field}\":null}}}}", await AskAsync(field, type, "null"));
    }

    [Theory]
    [InlineData("time", "DateTime", "\"2026-01-02\"", "DateTime cannot represent value: \\\"2026-01-02\\\"")]
    [InlineData("time", "DateTime", "5", "DateTime cannot represent value: 5")]
    [InlineData("day", "Date", "\"2023-02-29\"", "Date cannot represent value: \\\"2023-02-29\\\"")]
    [InlineData("span", "Duration", "\"1 day\"", "Duration cannot represent value: \\\"1 day\\\"")]
    [InlineData("id", "UUID", "\"x\"", "UUID cannot represent value: \\\"x\\\"")]
    [InlineData("url", "URL", "\"/relative\"", "URL cannot represent value: \\\"/relative\\\"")]
    [InlineData("big", "Long", "1.5", "Long cannot represent value: 1.5")]
    [InlineData("big", "Long", "9223372036854775808", "Long cannot represent value: 9223372036854775808")]
    [InlineData("exact", "Decimal", "\"1\"", "Decimal cannot represent value: \\\"1\\\"")]
    [InlineData("upload", "Upload", "\"x\"", "Upload must be a file of a multipart request.")]
    public async Task What_is_no_value_is_told(string field, string type, string json, string message) =>
        Assert.Contains(message, await AskAsync(field, type, json));

    [Fact]
    public async Task A_file_is_given_as_it_came()
    {
        var request = new GraphQLRequest
        {
            Query = "query($v: Upload) { upload(value: $v) }",
            Variables = new Dictionary<string, object?> { ["v"] = new Upload() },
        };
        Assert.Equal("""{"data":{"upload":"a.txt 3"}}""", await new RequestExecutor(Schema).AskAsync(request));
    }

    private static Task<string> AskAsync(string field, string type, string json)
    {
        using var variables = JsonDocument.Parse($$"""{"v":{{json}}}""");
        return new RequestExecutor(Schema).AskAsync(new GraphQLRequest
        {
            Query = $"query($v: {type}) {{ {field}(value: $v) }}",
            Variables = GraphQLRequest.VariablesOf(variables.RootElement),
        });
    }

    [QueryType]
    private static class Echoes
    {
        public static DateTimeOffset? Time(DateTimeOffset? value) => value;

        public static DateOnly? Day(DateOnly? value) => value;

        public static TimeSpan? Span(TimeSpan? value) => value;

        public static Guid? Id(Guid? value) => value;

        public static Uri? Url(Uri? value) => value;

        public static long? Big(long? value) => value;

        public static decimal? Exact(decimal? value) => value;

        public static JsonElement? Json(JsonElement? value) => value;

        public static Version? Version(Version? value) => value;

        public static string? Upload(IUpload? value) => value is null ? null : $"{value.Name} {value.Length}";
    }

    private sealed class Upload : IUpload
    {
        public string Name => "a.txt";

        public string? ContentType => null;

        public long Length => 3;

        public Stream Open() => Stream.Null;
    }

    private sealed class VersionCodec : ScalarCodec
    {
        public override bool TryParseValue(
            object input, out object? value, [NotNullWhen(false)] out string? problem)
        {
            value = Version.TryParse(input as string, out var version) ? version : null;
            problem = value is null ? "No version." : null;
            return value is not null;
        }

        public override object Serialize(object value) => $"{value}";
    }
}
