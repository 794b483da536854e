using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Portal.Domain.Common;
using Portal.Web.Accounts;

namespace Portal.Web.Components.Accounts;

/// <summary>Sets up, shows and takes away second factors. Every change takes a fresh proof of who is there.</summary>
public sealed partial class SecondFactorsPage : ComponentBase
{
    private PortalUser? user;
    private AuthenticatorSetUp? setUp;
    private IReadOnlyList<ListedPasskey> passkeys = [];
    private IReadOnlyList<string> made = [];
    private IReadOnlyList<Problem>? problems;
    private bool missing;
    private int left;

    [Inject] private UserManager<PortalUser> Users { get; set; } = default!;
    [Inject] private SecondFactors Factors { get; set; } = default!;
    [Inject] private Passkeys Keys { get; set; } = default!;
    [Inject] private SecondFactorDemand Demand { get; set; } = default!;
    [Inject] private Proofs Proofs { get; set; } = default!;
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm] private Form Given { get; set; } = default!;
    [SupplyParameterFromForm] private PasskeyAnswer Shown { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        (Given, Shown) = (Given ?? new Form(), Shown ?? new PasskeyAnswer());
        user = await Users.GetUserAsync(Http.User);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (user is null) return;
        passkeys = await Keys.ListAsync(user);
        missing = await Demand.IsMissingAsync(Http.User, Http.RequestAborted);
        left = user.TwoFactorEnabled ? await Users.CountRecoveryCodesAsync(user) : 0;
        // The form of the code stands where there is a key for it; the key itself is shown to who just proved who they are.
        setUp = Http.Request.HasFormContentType && Http.Request.Form["_handler"] == "confirm"
            ? await Factors.PendingAsync(user) : null;
    }

    private async Task BeginAsync()
    {
        if (user is not null && await ProvedAsync(user)) setUp = await Factors.BeginAsync(user);
    }

    private async Task ConfirmAsync()
    {
        if (user is null) return;
        Take(await Factors.ConfirmAsync(user, Given.Code ?? ""));
        if (problems is null) await LoadAsync();
    }

    private async Task TurnOffAsync()
    {
        if (user is null || !await ProvedAsync(user)) return;
        problems = await Factors.TurnOffAsync(user);
        await LoadAsync();
    }

    private async Task RenewAsync()
    {
        if (user is null || !await ProvedAsync(user)) return;
        Take(await Factors.RenewCodesAsync(user));
        await LoadAsync();
    }

    // The script asked for the proof before it asked the browser for the passkey.
    private async Task AddAsync()
    {
        if (user is null) return;
        Take(await Keys.AddAsync(user, Shown.Name, Shown.Credential));
        await LoadAsync();
    }

    private async Task RenameAsync()
    {
        if (user is null) return;
        problems = await Keys.RenameAsync(user, Given.Passkey ?? "", Given.Name ?? "") is { } problem ? [problem] : null;
        await LoadAsync();
    }

    private async Task RemoveAsync()
    {
        if (user is null || !await ProvedAsync(user)) return;
        problems = await Keys.RemoveAsync(user, Given.Passkey ?? "");
        await LoadAsync();
    }

    private async Task<bool> ProvedAsync(PortalUser person)
    {
        problems = await Proofs.RefusalAsync(person, Given.Proof) is { } refusal ? [refusal] : null;
        return problems is null;
    }

    private void Take(Result<IReadOnlyList<string>> codes) => (made, problems) = (codes.Value ?? [], codes.Problems);

    private sealed class Form
    {
        public string? Proof { get; set; }
        public string? Code { get; set; }
        public string? Name { get; set; }
        public string? Passkey { get; set; }
    }
}
