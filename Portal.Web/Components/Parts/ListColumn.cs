using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Parts;

/// <summary>A column of a <see cref="DataList{T}"/>; its content is drawn for each row.</summary>
public sealed class ListColumn<T> : ComponentBase
{
    [CascadingParameter] internal DataList<T>? List { get; set; }

    /// <summary>Its heading.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Key to sort by in the address; null when it cannot be sorted by.</summary>
    [Parameter] public string? Sort { get; set; }

    /// <summary>Classes of its cells: <c>grow</c>, <c>number</c>, <c>tight</c>, <c>wide-only</c>.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>The cell.</summary>
    [Parameter, EditorRequired] public RenderFragment<T> ChildContent { get; set; } = default!;

    protected override void OnInitialized() => List?.Add(this);
}
