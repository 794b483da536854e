using Microsoft.Playwright;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>One person's browser window: its page, what its console said, and the steps that journeys share. When it closes, what passed
/// between it and portals holds a secret only where one is given or shown.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>A password that the portal takes.</summary>
    public const string Password = "correct horse battery";

    private readonly List<string> console = [];
    private readonly string archive;

    private Visit(IBrowserContext context, IPage page, Frames frames, string address, string archive) =>
        (Context, Page, Frames, Address, this.archive) = (context, page, frames, address, archive);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>What passed over WebSockets.</summary>
    public Frames Frames { get; }

    /// <summary>Errors in the console, among them every breach of the content security policy.</summary>
    public IReadOnlyList<string> Errors
    {
        get { lock (console) return console.ToList(); }
    }

    public static async Task<Visit> StartAsync(IBrowser browser, string address, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var archive = Path.Combine(Path.GetTempPath(), $"portal-visit-{Guid.NewGuid():n}.har");
        var context = await browser.NewContextAsync(new()
        {
            RecordHarPath = archive,
            // What the build made is the same for everybody.
            RecordHarUrlFilterRegex = new(@"^(?!.*\.(css|js|mjs|woff2?)(\?|$))"),
            BaseURL = address,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
        });
        context.SetDefaultTimeout(BrowserFixture.Patience);
        var frames = new Frames(context);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page, frames, address, archive);
        page.Console += (_, message) => visit.Hear(message.Type, message.Text);
        page.PageError += (_, error) => visit.Hear("error", error);
        return visit;
    }

    /// <summary>Opens a page and waits until its circuit is live.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits until the page's circuit is live.</summary>
    public Task LiveAsync() => Page.Locator("body[data-live=true]").WaitForAsync();

    /// <summary>Makes an account through the form and ends up signed in.</summary>
    public async Task RegisterAsync(string name, string mail, string password = Password)
    {
        await Page.GotoAsync("/register");
        await FillRegisterAsync(name, mail, password);
    }

    /// <summary>Fills the form of a new account, which is open, and sends it.</summary>
    public async Task FillRegisterAsync(string name, string mail, string password = Password)
    {
        Secrets.Note("a person's password", password);
        await Page.GetByLabel("Your name").FillAsync(name);
        await Page.GetByLabel("Mail address").FillAsync(mail);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByLabel("Password again").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
    }

    /// <summary>Fills the form to sign in and sends it.</summary>
    public async Task SignInAsync(string mail, string password = Password)
    {
        Secrets.Note("a person's password", password);
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Mail address").FillAsync(mail);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // It is written when the window closes.
        await Context.CloseAsync();
        var found = LeakScan.InExchanges([.. Exchange.OfArchive(archive, Address), .. Frames.With(Address)], Secrets.Known);
        File.Delete(archive);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private void Hear(string kind, string text)
    {
        if (kind != "error")
            return;
        lock (console)
            console.Add(text);
    }
}
