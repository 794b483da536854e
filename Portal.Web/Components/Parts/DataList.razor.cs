using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Portal.Domain.Common;

namespace Portal.Web.Components.Parts;

public sealed partial class DataList<T> : IDisposable
{
    private readonly List<ListColumn<T>> columns = [];
    private CancellationTokenSource loading = new();
    private ListQuery query = new(null, new Dictionary<string, string>(), null, false, 1, 50);
    private ListPage<T>? page;
    private IReadOnlyList<Problem>? problems;
    private string path = "";

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>What the list is of, in the plural: "Runs".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Fetches a page of it.</summary>
    [Parameter, EditorRequired]
    public Func<ListQuery, CancellationToken, Task<Result<ListPage<T>>>> Load { get; set; } = default!;

    /// <summary>What tells a row from the others, so that it keeps its place when others come.</summary>
    [Parameter, EditorRequired] public Func<T, object> Key { get; set; } = default!;

    /// <summary>Where a row leads.</summary>
    [Parameter] public Func<T, string>? Href { get; set; }

    /// <summary>The <see cref="ListColumn{T}"/>s.</summary>
    [Parameter, EditorRequired] public RenderFragment Columns { get; set; } = default!;

    /// <summary>Choices above the list.</summary>
    [Parameter] public IReadOnlyList<ListFilter> Filters { get; set; } = [];

    /// <summary>Whether it can be searched by text.</summary>
    [Parameter] public bool Searchable { get; set; } = true;

    /// <summary>What stands in the empty search field.</summary>
    [Parameter] public string SearchHint { get; set; } = "Search";

    /// <summary>The order when none is asked for; a minus before it for largest first.</summary>
    [Parameter] public string? UsualSort { get; set; }

    /// <summary>Rows on a page.</summary>
    [Parameter] public int Size { get; set; } = 50;

    /// <summary>What stands there when there is nothing at all: an <see cref="EmptyState"/>.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Buttons at the right above the list.</summary>
    [Parameter] public RenderFragment? Tools { get; set; }

    /// <summary>Fetches the page that is shown anew, in place.</summary>
    public async Task RefreshAsync()
    {
        await loading.CancelAsync();
        loading.Dispose();
        loading = new CancellationTokenSource();
        var cancel = loading.Token;
        try
        {
            var answer = await Load(query, cancel);
            if (cancel.IsCancellationRequested)
                return;
            (page, problems) = (answer.Value, answer.Problems);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Another question was asked meanwhile, or the page is gone.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        loading.Cancel();
        loading.Dispose();
    }

    internal void Add(ListColumn<T> column)
    {
        columns.Add(column);
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += Moved;
        query = Asked();
        await RefreshAsync();
    }

    private ListQuery Asked() => ListQuery.From(new Uri(Navigation.Uri), Filters.Select(filter => filter.Key), UsualSort, Size);

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        // The next page has its own address: this list has nothing to do there.
        if (new Uri(change.Location).AbsolutePath != path)
            return;
        _ = InvokeAsync(async () =>
        {
            query = Asked();
            await RefreshAsync();
        });
    }

    private void Go(string? q) => Navigation.NavigateTo(Address(text: q ?? "", to: 1));

    private void Choose(string key, string? value) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [key] = Given(value), ["page"] = null }));

    private string Address(string? sort = null, int? to = null, string? text = null, bool clear = false)
    {
        var changes = new Dictionary<string, object?> { ["page"] = to is > 1 ? to : null };
        if (sort is not null)
            changes["sort"] = sort;
        if (text is not null)
            changes["q"] = Given(text);
        if (clear)
            foreach (var key in Filters.Select(filter => filter.Key).Append("q"))
                changes[key] = null;
        return Navigation.GetUriWithQueryParameters(changes);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
