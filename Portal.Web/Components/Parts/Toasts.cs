namespace Portal.Web.Components.Parts;

/// <summary>A short word about what just happened.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Tone"><c>good</c>, <c>bad</c> or <c>neutral</c>.</param>
/// <param name="Href">Where to read more.</param>
public sealed record Toast(string Text, string Tone, string? Href);

/// <summary>Shows toasts on the open page. They go away by themselves, errors by hand.</summary>
public sealed class Toasts
{
    /// <summary>A toast is to be shown.</summary>
    public event Action<Toast>? Shown;

    /// <summary>Something worked.</summary>
    public void Good(string text, string? href = null) => Shown?.Invoke(new Toast(text, "good", href));

    /// <summary>Something did not work.</summary>
    public void Bad(string text, string? href = null) => Shown?.Invoke(new Toast(text, "bad", href));

    /// <summary>Something is worth knowing.</summary>
    public void Say(string text, string? href = null) => Shown?.Invoke(new Toast(text, "neutral", href));
}
