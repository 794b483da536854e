using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Tests.Access;

/// <summary>Every field of every form that pages show, found in the pages themselves, and OAuth's forms.</summary>
internal static partial class HostileForms
{
    /// <summary>OAuth's forms.</summary>
    public static IEnumerable<HostileInput> OfOAuth { get; } =
    [
        .. from form in new (string Path, string[] Fields)[]
           {
               ("/oauth/device_authorization", ["client_id", "scope", "project", "reason", "days"]),
               ("/oauth/token", ["grant_type", "device_code", "client_id"]), ("/oauth/introspect", ["token"]), ("/oauth/revoke",
                   ["token"]),
           }
           from field in form.Fields
           select new HostileInput($"{form.Path} {field}", async (at, hostile, cancel) =>
           {
               var sent = new Dictionary<string, string>
               {
                   ["client_id"] = "good", ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
                       ["device_code"] = "x", ["token"] = "x",
                   [field] = hostile,
               };
               using var body = new FormUrlEncodedContent(sent);
               using var answer = await at.Program.PostAsync(new Uri(form.Path, UriKind.Relative), body, cancel);
               return HostileInputs.Of(answer, "");
           }),
    ];

    /// <summary>The forms of these pages as a visitor sees them.</summary>
    /// <param name="visitor">Who looks, with cookies that stay what they are.</param>
    /// <param name="who">What they are called.</param>
    /// <param name="pages">The pages.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<HostileInput>> OfPagesAsync(HttpClient visitor, string who,
        IEnumerable<string> pages, CancellationToken cancel)
    {
        var inputs = new List<HostileInput>();
        foreach (var page in pages)
        {
            using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative), cancel);
            if (answer.StatusCode != HttpStatusCode.OK) continue;
            foreach (var form in Forms(await answer.Content.ReadAsStringAsync(cancel), page).Where(form =>
                form.Action != "/sign-out"))
                foreach (var field in form.Fields.Keys.Append("_handler").Distinct().ToList())
                    inputs.Add(new($"{who}: {page} {form.Name} {field}", (_, hostile, stop) => SendAsync(visitor, form, field,
                        hostile, stop), IsDear(form)));
        }
        return inputs;
    }

    private static async Task<HostileAnswer> SendAsync(HttpClient visitor, Form form, string field, string hostile,
        CancellationToken cancel)
    {
        // What is empty is filled in, so that the string is what is looked at.
        var sent = form.Fields.ToDictionary(one => one.Key, one => one.Value.Length > 0 ? one.Value : Good(one.Key));
        sent[field] = hostile;
        using var body = new FormUrlEncodedContent(sent);
        using var answer = await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), body, cancel);
        var html = await answer.Content.ReadAsStringAsync(cancel);
        var told = HostileInputs.Of(answer, "");
        return told with { Fault = told.Fault ?? HostileAddresses.Injected(answer, html) };
    }

    private static string Good(string field) => field.Contains("Mail", StringComparison.Ordinal) ? "nobody@example.org"
        : field.Contains("Code", StringComparison.Ordinal) ? "123456" : "no such horse battery";

    // What compares or makes a hash of a password.
    private static bool IsDear(Form form) => form.Fields.Keys.Any(name => name.Contains("Password", StringComparison.Ordinal)
        || name.Contains("Proof", StringComparison.Ordinal) || name.Contains("Old", StringComparison.Ordinal));

    private static IEnumerable<Form> Forms(string html, string page)
    {
        foreach (Match form in Posted().Matches(html))
        {
            var fields = new Dictionary<string, string>();
            foreach (Match input in Input().Matches(form.Groups[2].Value))
                if (Name().Match(input.Value) is { Success: true } name)
                    fields[WebUtility.HtmlDecode(name.Groups[1].Value)] = WebUtility.HtmlDecode(Value().Match(input.Value).Groups[1].Value);
            var action = Action().Match(form.Groups[1].Value) is { Success: true } own
                ? WebUtility.HtmlDecode(own.Groups[1].Value) : page;
            yield return new(fields.GetValueOrDefault("_handler", action), action, fields);
        }
    }

    private sealed record Form(string Name, string Action, Dictionary<string, string> Fields);

    [GeneratedRegex("<form([^>]*method=\"post\"[^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Posted();

    [GeneratedRegex("<(?:input|textarea|select)[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"([^\"]+)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex(" action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
