using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Web.Components.Parts;

/// <summary>One of the portal's own line icons, 16 px, in the colour of the text. Decoration: the word beside it says
/// it.</summary>
public sealed class Icon : ComponentBase
{
    /// <summary>Its name in <see cref="Icons"/>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Width and height in px.</summary>
    [Parameter] public int Size { get; set; } = 16;

    /// <summary>More classes.</summary>
    [Parameter] public string? Class { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", Class is null ? "icon" : $"icon {Class}");
        builder.AddAttribute(2, "viewBox", "0 0 16 16");
        builder.AddAttribute(3, "width", Size);
        builder.AddAttribute(4, "height", Size);
        builder.AddAttribute(5, "aria-hidden", "true");
        builder.AddAttribute(6, "focusable", "false");
        builder.AddMarkupContent(7, Icons.Drawing(Name));
        builder.CloseElement();
    }
}
