namespace Portal.GraphQL.Validation;

/// <content>Fields of fragments. Each two are compared once, whatever spreads them.</content>
internal sealed partial class FieldConflicts
{
    private void CompareWithFragment(FieldGroups groups, string name, bool areExclusive, List<FieldConflict> found)
    {
        if (!suspects.HasFragment(name) || !IsNew(_comparedWithFragment, (groups, name), areExclusive) || IsEnough()
            || facts.FindFragment(name) is not { } fragment || GroupsOf(fragment) is var inner && inner == groups)
        {
            return;
        }
        CompareBetween(groups, inner, areExclusive, found);
        foreach (var next in inner.Fragments)
        {
            CompareWithFragment(groups, next, areExclusive, found);
        }
    }

    private void CompareFragments(string one, string other, bool areExclusive, List<FieldConflict> found)
    {
        if (one == other || !suspects.HasFragment(one) || !suspects.HasFragment(other))
        {
            return;
        }
        var pair = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
        if (!IsNew(_comparedFragments, pair, areExclusive) || IsEnough()
            || facts.FindFragment(one) is not { } fragment || facts.FindFragment(other) is not { } otherFragment)
        {
            return;
        }
        var (groups, otherGroups) = (GroupsOf(fragment), GroupsOf(otherFragment));
        CompareBetween(groups, otherGroups, areExclusive, found);
        foreach (var next in otherGroups.Fragments)
        {
            CompareFragments(one, next, areExclusive, found);
        }
        foreach (var next in groups.Fragments)
        {
            CompareFragments(next, other, areExclusive, found);
        }
    }

    // What was compared strictly need not be compared as exclusive again.
    private static bool IsNew<T>(Dictionary<T, bool> compared, T pair, bool areExclusive)
        where T : notnull
    {
        if (compared.TryGetValue(pair, out var before) && (areExclusive || !before))
        {
            return false;
        }
        compared[pair] = areExclusive;
        return true;
    }
}
