using System.Text.Json;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Tests.GraphQL.Execution;

namespace Portal.Tests.GraphQL.CodeFirst;

public sealed class RelayTests
{
    private static readonly string Emma = new GlobalId("Book", "00000000-0000-0000-0000-000000000002").ToString();

    private readonly Shelf _shelf = Library.Shelf;

    [Fact]
    public async Task Objects_are_fetched_by_their_global_ids_and_one_that_is_wrong_is_wrong_alone()
    {
        var none = new GlobalId("Book", Guid.Empty.ToString());
        Assert.Equal(
            """{"data":{"node":{"__typename":"Book","id":"?","title":"Emma"}}}""".Replace("?", Emma, StringComparison.Ordinal),
            await AskAsync($$"""{ node(id: "{{Emma}}") { __typename id ... on Book { title } } }"""));
        var answer = await AskAsync(
            $$"""{ nodes(ids: ["{{new GlobalId("Author", "a7")}}", "rubbish!", "{{none}}", "{{Emma}}"]) { __typename ... on Author { name } } }""");
        Assert.Equal(
            """{"errors":[{"message":"\"rubbish!\" is no id.","locations":[{"line":1,"column":3}],"path":["nodes",1],"extensions":{"code":"BAD_ID"}}],"data":{"nodes":[{"__typename":"Author","name":"Author a7"},null,null,{"__typename":"Book"}]}}""",
            answer);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("x", false)]
    [InlineData("====", false)]
    [InlineData("Og", false)]
    [InlineData("QTo", true)]
    public void What_is_no_global_id_is_known(string text, bool isOne) => Assert.Equal(isOne, GlobalId.TryParse(text, out _));

    [Fact]
    public async Task An_id_of_something_else_is_refused()
    {
        var answer = await AskAsync($$"""{ book(id: "{{new GlobalId("Author", "a1")}}") { title } }""");
        Assert.Contains("is no id of Book.\"", answer);
        Assert.Contains("\"code\":\"BAD_ID\"", answer);
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        Assert.Equal(
            """{"data":{"page":{"totalCount":3,"nodes":[{"title":"Dune"},{"title":"Emma"}],"pageInfo":{"hasNextPage":true,"hasPreviousPage":false,"startCursor":"0","endCursor":"1"}}}}""",
            await AskAsync("{ page { totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"));
        Assert.Equal(
            """{"data":{"page":{"edges":[{"cursor":"2","node":{"title":"Faust"}}],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true}}}}""",
            await AskAsync("{ page(first: 5, after: \"1\") { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage } } }"));
    }

    [Theory]
    [InlineData("first: 11", "\\\"first\\\" must be from 0 to 10.")]
    [InlineData("last: -1", "\\\"last\\\" must be from 0 to 10.")]
    [InlineData("first: 1, last: 1", "Either \\\"first\\\" or \\\"last\\\" may be given.")]
    public async Task A_page_of_a_bad_size_is_refused(string arguments, string message)
    {
        var answer = await AskAsync($"{{ page({arguments}) {{ totalCount }} }}");
        Assert.Contains(message, answer);
        Assert.Contains("BAD_PAGE_SIZE", answer);
    }

    [Fact]
    public void A_page_from_the_end_is_in_order()
    {
        var page = Connection.Of([3, 2, 1], new Paging(2, true, null, "4"), number => $"{number}");
        Assert.Equal([2, 3], page.Nodes);
        Assert.Equal(new PageInfo(true, true, "2", "3"), page.PageInfo);
    }

    [Theory]
    [InlineData(4, """{"book":{"title":"Emma","rating":4},"errors":[]}""")]
    [InlineData(6, """{"book":null,"errors":[{"__typename":"BadRating","message":"Too good.","code":"BAD_RATING","most":5}]}""")]
    public async Task A_mutation_answers_with_its_value_or_its_errors(int rating, string payload) => Assert.Equal(
        $"{{\"data\":{{\"rate\":{payload}}}}}",
        await AskAsync($$"""
            mutation { rate(input: {book: "{{Emma}}", rating: {{rating}}}) {
              book { title rating } errors { __typename ... on Error { message code } ... on BadRating { most } }
            } }
            """));

    [Theory]
    [InlineData("{}", "False:null")]
    [InlineData("""{"text":null}""", "True:null")]
    [InlineData("""{"text":"t"}""", "True:t")]
    public async Task What_is_null_and_what_is_not_given_are_two_things(string input, string text)
    {
        using var variables = JsonDocument.Parse($$"""{"input":{{input}}}""");
        var request = new GraphQLRequest
        {
            Query = "mutation($input: NoteInput!) { note(input: $input) { text } }",
            Variables = GraphQLRequest.VariablesOf(variables.RootElement),
        };
        Assert.Equal(
            $"{{\"data\":{{\"note\":{{\"text\":\"{text}\"}}}}}}", await new RequestExecutor(Library.Schema).AskAsync(request));
    }

    [Fact]
    public async Task A_page_costs_as_much_as_it_has()
    {
        var request = new GraphQLRequest { Query = "{ page(first: 7) { nodes { title } } }", Services = _shelf, WantsCost = true };
        Assert.EndsWith("\"cost\":8}}", await new RequestExecutor(Library.Schema).AskAsync(request));
    }

    private Task<string> AskAsync(string query) =>
        new RequestExecutor(Library.Schema).AskAsync(new GraphQLRequest { Query = query, Services = _shelf });
}
