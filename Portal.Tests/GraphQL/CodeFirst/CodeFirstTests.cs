using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Execution;

namespace Portal.Tests.GraphQL.CodeFirst;

public sealed class CodeFirstTests
{
    private const string Dune = "Qm9vazowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDE";

    private readonly Shelf _shelf = Library.Shelf;

    [Theory]
    [InlineData("books(\n    \"\"\"Of that kind.\"\"\"\n    genre: Genre\n\n    \"\"\"With so many pages.\"\"\"\n    atLeast: Int! = 0\n  ): [Book!]!")]
    [InlineData("\"\"\"One book.\"\"\"\n  book(id: ID!): Book\n")]
    [InlineData("\"\"\"A `Book` on a shelf.\"\"\"\ntype Book implements Node & Titled {")]
    [InlineData("\"\"\"What kind it is.\"\"\"\n  genre: Genre!\n\n  \"\"\"How good it is; null if nobody says.\"\"\"\n  rating: Float\n")]
    [InlineData("tags: [String!]!\n  tag: String @deprecated(reason: \"Use tags.\")\n}")]
    [InlineData("enum Genre {\n  \"\"\"Long and invented.\"\"\"\n  NOVEL\n  SCIENCE_FICTION\n}")]
    [InlineData("union Finding = Author | Book")]
    [InlineData("interface Titled {\n  \"\"\"What it is called.\"\"\"\n  title: String!\n}")]
    [InlineData("\"\"\"At most so many.\"\"\"\n  limit: Int! = 10\n  genres: [Genre!]\n  rating: Float\n}")]
    [InlineData("input ChoiceInput @oneOf {\n  left: String\n  right: Int\n}")]
    [InlineData("big(value: Long! = 5000000000): Long!")]
    [InlineData("rate(input: RateInput!): RatePayload!")]
    [InlineData("type RatePayload {\n  book: Book\n\n  \"\"\"Why it was not done; empty if it was.\"\"\"\n  errors: [RateError!]!\n}")]
    [InlineData("union RateError = NoBook | BadRating")]
    [InlineData("type NoBook implements Error {\n  \"\"\"A sentence for people.\"\"\"\n  message: String!\n\n"
        + "  \"\"\"A word for programs, which never changes.\"\"\"\n  code: String!\n  id: ID\n}")]
    [InlineData("lend(input: LendInput!): LendPayload!")]
    [InlineData("directive @secret on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION")]
    [InlineData("reading(count: Int! = 1): Book!")]
    public void Classes_say_what_is_in_the_schema(string part) => Assert.Contains(part, SchemaPrinter.Print(Library.Schema));

    [Fact]
    public void What_is_injected_or_left_out_is_not_in_the_schema()
    {
        var text = SchemaPrinter.Print(Library.Schema);
        Assert.DoesNotContain("shelf:", text);
        Assert.DoesNotContain("cancel", text);
        Assert.DoesNotContain("authorId", text);
        Assert.DoesNotContain("UUID", text);
    }

    [Theory]
    [InlineData("{ books(atLeast: 400) { title pages genre rating published readingTime tags isLong } }",
        """{"books":[{"title":"Dune","pages":412,"genre":"SCIENCE_FICTION","rating":4.25,"published":"1965-08-01T10:00:00Z","readingTime":"PT1H30M","tags":[],"isLong":true}]}""")]
    [InlineData("{ books(genre: NOVEL) { title rating published tag } }",
        """{"books":[{"title":"Emma","rating":null,"published":null,"tag":"love"},{"title":"Faust","rating":5,"published":null,"tag":null}]}""")]
    [InlineData("{ book(id: \"" + Dune + "\") { id title authorKey } }",
        """{"book":{"id":"Qm9vazowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDE","title":"Dune","authorKey":"QXV0aG9yOmEx"}}""")]
    [InlineData("{ a: find(text: \"Emma\") { ...F } b: find(text: \"Zed\") { ...F } c: find(text: \"nobody\") { ...F } } fragment F on Finding { __typename ... on Book { pages } ... on Author { name } }",
        """{"a":{"__typename":"Book","pages":320},"b":{"__typename":"Author","name":"Zed"},"c":null}""")]
    [InlineData("{ titled { __typename title ... on Node { id } } }",
        """{"titled":{"__typename":"Book","title":"Dune","id":"Qm9vazowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDE"}}""")]
    [InlineData("{ search(where: {title: \"x\", genres: NOVEL, rating: null}, one: {right: 3}) }", """{"search":"x 10 Novel  3"}""")]
    [InlineData("{ search(where: {limit: 2}) }", """{"search":" 2  (nothing) "}""")]
    [InlineData("{ numbers big(value: 9007199254740993) anything whoAmI }",
        """{"numbers":[1,2],"big":9007199254740993,"anything":{"a":[1,2]},"whoAmI":"me/whoAmI"}""")]
    public async Task Methods_and_properties_answer(string query, string data) =>
        Assert.Equal($"{{\"data\":{data}}}", await AskAsync(query));

    [Theory]
    [InlineData("mutation { lend(input: {card: \"4711\", pin: \"12\"}) { text } }", "pin")]
    [InlineData("mutation($c: String!) { lend(input: {card: $c, pin: 12}) { text } }", "pin")]
    [InlineData("mutation { note(input: {key: [\"k\"]}) { text } }", "key")]
    [InlineData("{ unlock(code: \"c\") }", "code")]
    public async Task What_takes_a_secret_takes_it_as_a_variable_alone(string query, string name)
    {
        var answer = await AskAsync(query);
        Assert.Contains($"\"\\\"{name}\\\" takes a secret: send it as a variable", answer);
        Assert.Contains(ErrorCodes.SecretInDocument, answer);
    }

    [Fact]
    public async Task Lists_load_what_is_below_them_with_one_batch()
    {
        Assert.Equal(
            """{"data":{"books":[{"author":{"name":"Author a1"}},{"author":{"name":"Author a2"}},{"author":null}]}}""",
            await AskAsync("{ books { author { name } } }"));
        Assert.Equal(["a1,a2"], _shelf.Batches);
    }

    [Fact]
    public async Task Permission_is_asked_as_attributes_say()
    {
        Assert.Contains("\"data\":{\"secret\":\"s\"}", await AskAsync("{ secret }"));
        var executor = new RequestExecutor(Library.Schema);
        var answer = await executor.AskAsync(new GraphQLRequest { Query = "{ secret }", Services = _shelf, Caller = "you" });
        Assert.Contains("\"code\":\"FORBIDDEN\"", answer);
        Assert.EndsWith("\"data\":null}", answer);
    }

    [Fact]
    public async Task Events_of_a_subscription_are_values_of_their_field()
    {
        Assert.Equal(
            ["""{"data":{"reading":{"title":"Dune","isLong":true}}}""", """{"data":{"reading":{"title":"Emma","isLong":false}}}"""],
            await FollowAsync("subscription { reading(count: 2) { title isLong } }"));
        Assert.Equal(["""{"data":{"ticks":1}}""", """{"data":{"ticks":2}}"""], await FollowAsync("subscription { ticks }"));
    }

    [Fact]
    public void A_class_that_no_type_is_known_for_is_told()
    {
        var refusal = Assert.Throws<SchemaException>(() => new CodeFirstSchema().Add(typeof(Odd)).Build());
        Assert.Equal("No type of the schema is known for System.DateTime.", refusal.Errors[0].Message);
    }

    [Fact]
    public void Two_methods_of_one_name_are_told()
    {
        var refusal = Assert.Throws<SchemaException>(() => new CodeFirstSchema().Add(typeof(One)).Add(typeof(Two)).Build());
        Assert.Equal("Two methods are called \"Query.size\".", refusal.Errors[0].Message);
    }

    [Fact]
    public void Defaults_are_those_of_parameters() => Assert.Contains(
        "size(genre: Genre = NOVEL, text: String = \"t\", share: Float! = 0.5, isAll: Boolean! = true, none: Int): Int!",
        SchemaPrinter.Print(new CodeFirstSchema().Add(typeof(One)).Build()));

    private Task<string> AskAsync(string query) => new RequestExecutor(Library.Schema)
        .AskAsync(new GraphQLRequest { Query = query, Services = _shelf, Caller = "me" });

    private async Task<List<string>> FollowAsync(string query)
    {
        using var result = await new RequestExecutor(Library.Schema)
            .ExecuteAsync(new GraphQLRequest { Query = query, Services = _shelf });
        var answers = new List<string>();
        await foreach (var answer in result.Events!)
        {
            using (answer)
            {
                answers.Add(answer.Text());
            }
        }
        return answers;
    }

    [QueryType]
    private static class One
    {
        public static int GetSize(
            Genre? genre = Genre.Novel, string? text = "t", double share = 0.5, bool isAll = true, int? none = null) =>
            $"{genre}{text}{share}{isAll}{none}".Length;
    }

    [QueryType]
    private static class Two
    {
        public static Task<int> SizeAsync() => Task.FromResult(1);
    }

    [QueryType]
    private static class Odd
    {
        public static DateTime Now() => default;
    }
}
