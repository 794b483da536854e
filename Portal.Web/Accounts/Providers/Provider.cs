namespace Portal.Web.Accounts.Providers;

/// <summary>A provider that people can sign in with.</summary>
/// <param name="Name">What it is called in addresses and in the configuration.</param>
/// <param name="Settings">The rest.</param>
public sealed record Provider(string Name, ProviderSettings Settings)
{
    /// <summary>What people read.</summary>
    public string DisplayName => Settings.DisplayName.Length > 0 ? Settings.DisplayName : Name;

    /// <summary>Where the provider sends people back to; it has to know this address of the portal.</summary>
    public string CallbackPath => $"/sign-in/from/{Name}";
}

/// <summary>The providers that are configured.</summary>
/// <param name="All">All of them, by their names.</param>
public sealed record ProviderList(IReadOnlyList<Provider> All)
{
    /// <summary>The one with this name; null if there is none.</summary>
    public Provider? Find(string? name) => All.FirstOrDefault(provider => provider.Name == name);
}
