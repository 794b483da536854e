using Microsoft.Playwright;
using Npgsql;

namespace Portal.Tests.Browser;

/// <summary>What people type while the portal is slow stays as they typed it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_can_be_typed_where_what_stands_there_has_yet_to_come()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/workflows/new?from=example");
        var editor = visit.Page.GetByLabel("Description of the workflow");
        var text = await editor.InputValueAsync();
        await Button(visit, "Save").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Version 1 of 1")).ToBeVisibleAsync();

        await using (var holding = new NpgsqlConnection((await fixture.SharedAsync(Cancel)).Places.Database))
        {
            await holding.OpenAsync(Cancel);
            await using var transaction = await holding.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("lock table portal_events.events in access exclusive mode", holding);
            await hold.ExecuteNonQueryAsync(Cancel);
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "New version" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "New version" })).ToBeVisibleAsync();
            Assert.Equal(0, await editor.CountAsync());
        }
        await Assertions.Expect(editor).ToHaveValueAsync(text);
    }

    [Fact]
    public async Task An_answer_that_comes_late_takes_no_letter_back()
    {
        await using var visit = await StartAsync();
        await visit.Page.AddInitScriptAsync("""
            window.held = [];
            const Socket = window.WebSocket;
            window.WebSocket = class extends Socket {
                set onmessage(take) {
                    super.onmessage = message => window.late ? window.held.push(() => take(message)) : take(message);
                }
            };
            window.release = () => { for (const pass of window.held.splice(0)) pass(); };
            """);
        await visit.OpenAsync("/workflows/new");
        var editor = visit.Page.GetByLabel("Description of the workflow");
        await editor.FocusAsync();

        await visit.Page.EvaluateAsync("window.late = true");
        await visit.Page.Keyboard.TypeAsync("a");
        await visit.Page.WaitForFunctionAsync("window.held.length > 0");
        await visit.Page.Keyboard.TypeAsync("b");
        await visit.Page.EvaluateAsync("window.release()");
        await visit.Page.Keyboard.TypeAsync("c");
        await visit.Page.EvaluateAsync("window.late = false; window.release()");

        await Assertions.Expect(visit.Page.GetByTestId("verdict")).ToContainTextAsync("problem");
        Assert.Equal("abc", await editor.InputValueAsync());
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<Visit> StartAsync()
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Jean Bartik", $"jean-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        return visit;
    }
}
