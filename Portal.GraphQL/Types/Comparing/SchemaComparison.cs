using System.Collections.Immutable;

namespace Portal.GraphQL.Types;

/// <summary>
/// Compares two schemas by the rules of the reference implementation: what was valid against the one shall be valid against the
/// other, and be answered in a form that its clients expect. Specification, section 3.13.3 says how to take leave of a field.
/// </summary>
public static class SchemaComparison
{
    /// <summary>Every breaking change, in the order of the earlier schema.</summary>
    /// <param name="before">What clients were built for.</param>
    /// <param name="after">What they meet.</param>
    public static ImmutableArray<BreakingChange> FindBreakingChanges(Schema before, Schema after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var types = before.Types.SelectMany(type => after.FindType(type.Name) is { } now
            ? CompareTypes(type, now)
            : [new(BreakingChangeKind.TypeRemoved, type.Name, "It was removed.")]);
        var directives = before.Directives.SelectMany(directive => after.FindDirective(directive.Name) is { } now
            ? CompareDirectives(directive, now)
            : [new(BreakingChangeKind.DirectiveRemoved, $"@{directive.Name}", "It was removed.")]);
        return [.. types, .. directives];
    }

    private static IEnumerable<BreakingChange> CompareTypes(NamedType before, NamedType after) => (before, after) switch
    {
        (EnumType was, EnumType now) => was.Values.Where(value => now.FindValue(value.Name) is null).Select(value =>
            new BreakingChange(BreakingChangeKind.ValueRemovedFromEnum, $"{was.Name}.{value.Name}", "It was removed.")),
        (UnionType was, UnionType now) => was.Members.Where(member => now.Members.All(one => one.Name != member.Name))
            .Select(member => new BreakingChange(
                BreakingChangeKind.TypeRemovedFromUnion, was.Name, $"{member.Name} is no longer one of it.")),
        (InputObjectType was, InputObjectType now) => CompareInputs(was, now),
        (FieldedType was, FieldedType now) when was.Kind == now.Kind => CompareFielded(was, now),
        _ => before.Kind == after.Kind
            ? []
            : [new(BreakingChangeKind.TypeChangedKind, before.Name,
                $"It was of kind {before.Kind}, and is of kind {after.Kind}.")],
    };

    private static IEnumerable<BreakingChange> CompareInputs(InputObjectType before, InputObjectType after)
    {
        foreach (var was in before.Fields)
        {
            var place = $"{before.Name}.{was.Name}";
            if (after.FindField(was.Name) is not { } now)
            {
                yield return new(BreakingChangeKind.FieldRemoved, place, "It was removed.");
            }
            else if (!TypeChanges.TakesAll(was.Type, now.Type))
            {
                yield return new(BreakingChangeKind.FieldChangedKind, place, TypeChanges.Words(was.Type, now.Type));
            }
        }
        foreach (var now in after.Fields.Where(field => field.IsRequired && before.FindField(field.Name) is null))
        {
            yield return new(BreakingChangeKind.RequiredInputFieldAdded, $"{after.Name}.{now.Name}", "It has to be given.");
        }
    }

    private static IEnumerable<BreakingChange> CompareFielded(FieldedType before, FieldedType after)
    {
        foreach (var lost in before.Interfaces.Where(one => after.Interfaces.All(other => other.Name != one.Name)))
        {
            yield return new(
                BreakingChangeKind.ImplementedInterfaceRemoved, before.Name, $"It does not implement {lost.Name} any more.");
        }
        foreach (var was in before.Fields)
        {
            var place = $"{before.Name}.{was.Name}";
            if (after.FindField(was.Name) is not { } now)
            {
                yield return new(BreakingChangeKind.FieldRemoved, place, "It was removed.");
                continue;
            }
            if (!TypeChanges.GivesNoMore(was.Type, now.Type))
            {
                yield return new(BreakingChangeKind.FieldChangedKind, place, TypeChanges.Words(was.Type, now.Type));
            }
            foreach (var change in CompareArguments(place, was.Arguments, now.Arguments))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<BreakingChange> CompareDirectives(DirectiveDefinition before, DirectiveDefinition after)
    {
        var place = $"@{before.Name}";
        if (before.IsRepeatable && !after.IsRepeatable)
        {
            yield return new(BreakingChangeKind.DirectiveRepeatableRemoved, place, "It may stand only once.");
        }
        foreach (var lost in before.Locations.Except(after.Locations))
        {
            yield return new(BreakingChangeKind.DirectiveLocationRemoved, place, $"It may not stand at {lost} any more.");
        }
        foreach (var change in CompareArguments(place, before.Arguments, after.Arguments))
        {
            yield return change;
        }
    }

    private static IEnumerable<BreakingChange> CompareArguments(
        string owner, ImmutableArray<ArgumentDefinition> before, ImmutableArray<ArgumentDefinition> after)
    {
        foreach (var was in before)
        {
            if (after.FirstOrDefault(argument => argument.Name == was.Name) is not { } now)
            {
                yield return new(BreakingChangeKind.ArgumentRemoved, $"{owner}({was.Name}:)", "It was removed.");
            }
            else if (!TypeChanges.TakesAll(was.Type, now.Type))
            {
                yield return new(
                    BreakingChangeKind.ArgumentChangedKind, $"{owner}({was.Name}:)", TypeChanges.Words(was.Type, now.Type));
            }
        }
        foreach (var now in after.Where(argument => argument.IsRequired && before.All(one => one.Name != argument.Name)))
        {
            yield return new(BreakingChangeKind.RequiredArgumentAdded, $"{owner}({now.Name}:)", "It has to be given.");
        }
    }
}
