namespace Portal.GraphQL.Validation;

/// <summary>The keys of fields that may conflict, by their class.</summary>
internal sealed class SuspectFields(Func<int, int> find, Dictionary<string, int> fragments)
{
    private readonly HashSet<(int Class, string Key)> _keys = [];
    private readonly HashSet<int> _classes = [];

    public bool Add(int suspectClass, string key)
    {
        _classes.Add(suspectClass);
        return _keys.Add((suspectClass, key));
    }

    public int ClassOf(int scope) => find(scope);

    public bool Has(int suspectClass) => _classes.Contains(suspectClass);

    public bool Has(int suspectClass, string key) => _keys.Contains((suspectClass, key));

    // What a fragment spreads and what spreads it has the same class.
    public bool HasFragment(string name) => fragments.TryGetValue(name, out var scope) && Has(ClassOf(scope));
}
