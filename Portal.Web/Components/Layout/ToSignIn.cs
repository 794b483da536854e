using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Layout;

/// <summary>Stands where a page would that asks for a signed-in person: leads to the sign-in page and back afterwards. An open
/// page whose session ended is loaded anew instead: the server knows whether the browser has another one by now, and asks if
/// not.</summary>
public sealed class ToSignIn : ComponentBase
{
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized()
    {
        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo(RendererInfo.IsInteractive ? here : $"/sign-in?then={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
