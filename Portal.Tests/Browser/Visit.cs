using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>One person's browser window: its page, what its console said, and the steps that journeys share.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>A password that the portal takes.</summary>
    public const string Password = "correct horse battery";

    private readonly List<string> console = [];

    private Visit(IBrowserContext context, IPage page, string address) => (Context, Page, Address) = (context, page, address);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>Errors in the console, among them every breach of the content security policy.</summary>
    public IReadOnlyList<string> Errors
    {
        get { lock (console) return console.ToList(); }
    }

    public static async Task<Visit> StartAsync(IBrowser browser, string address, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
        });
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page, address);
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
        await Page.GetByLabel("Your name").FillAsync(name);
        await Page.GetByLabel("Mail address").FillAsync(mail);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByLabel("Password again").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
    }

    /// <summary>Fills the form to sign in and sends it.</summary>
    public async Task SignInAsync(string mail, string password = Password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Mail address").FillAsync(mail);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    private void Hear(string kind, string text)
    {
        if (kind != "error")
            return;
        lock (console)
            console.Add(text);
    }
}
