using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Web;

/// <summary>Draws a component as the server does at first, and gives back what a browser would read.</summary>
public static class Drawing
{
    public static async Task<IElement> OfAsync<T>(object? parameters = null, Action<IServiceCollection>? more = null)
        where T : IComponent
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        more?.Invoke(services);
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var given = parameters?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters))
            ?? [];
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(given))).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
