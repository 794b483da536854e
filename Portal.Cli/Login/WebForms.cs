using System.Net;
using System.Text.RegularExpressions;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Login;

/// <summary>Signs a person up or in as a browser does, by the portal's own pages, and gets an access token for this command line.
/// The session it makes for that is left at once.</summary>
public sealed partial class WebForms : IDisposable
{
    private const string ForgeryField = "__RequestVerificationToken";

    private readonly HttpClient http;
    private readonly PortalClient signedIn;
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    /// <summary>Whether the portal asks for a code now: the account has a second factor.</summary>
    public bool SecondStep { get; private set; }

    /// <summary>A visit to one portal.</summary>
    public WebForms(Uri portal)
    {
        http = new HttpClient(handler) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(60) };
        signedIn = new PortalClient(http);
    }

    /// <summary>Makes an account; null when it was made, else what the page says.</summary>
    public Task<string?> SignUpAsync(string name, string mail, string password, CancellationToken cancel) =>
        SubmitAsync("register", "register",
        new() { ["Given.Name"] = name, ["Given.Mail"] = mail, ["Given.Password"] = password, ["Given.Again"] = password },
            cancel);

    /// <summary>Signs in; null when it worked, else what the page says.</summary>
    public Task<string?> SignInAsync(string mail, string password, CancellationToken cancel) => SubmitAsync("sign-in", "sign-in",
        new() { ["Given.Mail"] = mail, ["Given.Password"] = password }, cancel);

    /// <summary>Goes on with a code of an authenticator app, or a recovery code; null when it worked, else what the page
    /// says.</summary>
    public Task<string?> CodeAsync(string code, CancellationToken cancel) =>
        SubmitAsync("sign-in/code", "code", new() { ["Given.Code"] = code }, cancel);

    /// <summary>Makes an access token, in person.</summary>
    public async Task<string> TokenAsync(string name, CancellationToken cancel) =>
        (await signedIn.ChangeAsync<IssuedAccessToken>(new("Account", "IssueAccessToken"), new { name }, cancel)).Text;

    private async Task<string?> SubmitAsync(string page, string form, Dictionary<string, string> fields, CancellationToken cancel)
    {
        fields[ForgeryField] = await ForgeryAsync(page, cancel);
        fields["_handler"] = form;
        using var body = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(page, UriKind.Relative), body, cancel);
        if (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
        {
            var to = answer.Headers.Location?.OriginalString ?? "";
            SecondStep = to.Contains("/sign-in/code", StringComparison.Ordinal);
            return to.Contains("/confirm-mail", StringComparison.Ordinal)
                ? "The account is made. Confirm its mail address by the link in the mail, then log in without --sign-up."
                : null;
        }
        if (!answer.IsSuccessStatusCode) throw await RefusedException.ReadAsync(answer, cancel);
        var words = Message().Matches(await answer.Content.ReadAsStringAsync(cancel))
            .Select(match =>
                Blanks().Replace(WebUtility.HtmlDecode(Tag().Replace(match.Groups[1].Value, " ")), " ").Trim()).Where(text =>
                text.Length > 0).Distinct();
        return string.Join(" ", words) is { Length: > 0 } said ? said : "The portal did not take this.";
    }

    private async Task<string> ForgeryAsync(string page, CancellationToken cancel)
    {
        var html = await http.GetStringAsync(new Uri(page, UriKind.Relative), cancel);
        var field = Input().Matches(html).Select(match => match.Value).FirstOrDefault(input =>
            input.Contains(ForgeryField, StringComparison.Ordinal));
        return field is not null && Value().Match(field) is { Success: true } value
            ? WebUtility.HtmlDecode(value.Groups[1].Value)
            : throw new UsageException($"{http.BaseAddress}{page} holds no form: is this a portal, and is sign-up open?");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        signedIn.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();

    // What the pages mark as wrong: messages beside fields, and the note above the form.
    [GeneratedRegex("<(?:div|span|p)[^>]*(?:class=\"[^\"]*(?:validation-message|wrong)[^\"]*\"|role=\"alert\")[^>]*>"
        + "(.*?)</(?:div|span|p)>", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
