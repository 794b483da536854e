using System.Runtime.CompilerServices;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// Compares suspect fields two by two, and tells of those that cannot be merged: which, in what order and in what words is
/// that of the reference implementation. As two by two may be very many, the work has a bound; what exceeds it is refused
/// in one sentence. Section 5.3.2, <c>FieldsInSetCanMerge()</c>.
/// </summary>
internal sealed partial class FieldConflicts(
    Schema schema, DocumentFacts facts, SuspectFields suspects, Dictionary<SelectionSetNode, int> scopeOf)
{
    private const int MostSteps = 1_000_000;
    private const string TooMany =
        "Fields conflict, or are too many to be compared. Use different aliases on fields with the same name.";

    private readonly Dictionary<SelectionSetNode, FieldGroups> _groups = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(FieldGroups, string), bool> _comparedWithFragment = [];
    private readonly Dictionary<(string, string), bool> _comparedFragments = [];
    private int _steps;
    private bool _isExhausted;
    private List<FieldConflict> _outermost = [];
    private int _room;

    /// <summary>Tells of the conflicts in a selection.</summary>
    public void Check(ScopedSelections at, ErrorLog log)
    {
        if (_isExhausted || log.IsFull || !suspects.Has(suspects.ClassOf(at.Scope)))
        {
            return;
        }
        (_outermost, _room) = ([], log.Room);
        CompareWithin(GroupsOf(at.Set, at.Parent), _outermost);
        if (_isExhausted)
        {
            log.Add(ValidationRules.OverlappingFieldsCanBeMerged, TooMany, at.Set.Location);
            return;
        }
        foreach (var conflict in _outermost)
        {
            log.Add(
                ValidationRules.OverlappingFieldsCanBeMerged,
                $"Fields \"{conflict.Key}\" conflict because {conflict.Reason}. Use different aliases on the fields to fetch " +
                "both if this was intentional.",
                [.. conflict.One.Concat(conflict.Other).Select(field => field.Location)]);
        }
    }

    // Nothing more is looked for, as the work exceeds its bound or there are more errors than will be told.
    private bool IsEnough(int steps = 1)
    {
        _steps += steps;
        _isExhausted |= _steps > MostSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack();
        return _isExhausted || _outermost.Count >= _room;
    }

    private FieldGroups GroupsOf(SelectionSetNode set, NamedType? parent)
    {
        if (!_groups.TryGetValue(set, out var groups))
        {
            var suspectClass = suspects.ClassOf(scopeOf[set]);
            _groups[set] = groups = new FieldGroups(schema, set, parent, key => suspects.Has(suspectClass, key));
        }
        return groups;
    }

    private FieldGroups GroupsOf(FragmentDefinitionNode fragment) =>
        GroupsOf(fragment.SelectionSet, schema.FindType(fragment.TypeCondition.Name.Value));

    private void CompareWithin(FieldGroups groups, List<FieldConflict> found)
    {
        foreach (var (key, fields) in groups.ByKey)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                for (var j = i + 1; j < fields.Count && !IsEnough(); j++)
                {
                    Compare(key, fields[i], fields[j], false, found);
                }
            }
        }
        for (var i = 0; i < groups.Fragments.Count; i++)
        {
            CompareWithFragment(groups, groups.Fragments[i], false, found);
            for (var j = i + 1; j < groups.Fragments.Count && !IsEnough(); j++)
            {
                CompareFragments(groups.Fragments[i], groups.Fragments[j], false, found);
            }
        }
    }

    private void CompareBetween(FieldGroups one, FieldGroups other, bool areExclusive, List<FieldConflict> found)
    {
        foreach (var (key, fields) in one.ByKey)
        {
            if (!other.ByKey.TryGetValue(key, out var others))
            {
                continue;
            }
            foreach (var field in fields)
            {
                foreach (var otherField in others)
                {
                    if (IsEnough())
                    {
                        return;
                    }
                    Compare(key, field, otherField, areExclusive, found);
                }
            }
        }
    }
}
