using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Directives and arguments.</content>
internal sealed partial class DocumentWalk
{
    private void CheckUniqueDirectives(
        ImmutableArray<DirectiveNode> directives, Dictionary<string, DirectiveNode>? seen = null)
    {
        if ((directives.Length < 2 && seen is null) || !Asks(ValidationRules.UniqueDirectivesPerLocation))
        {
            return;
        }
        seen ??= new(StringComparer.Ordinal);
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Facts.Of(this, name) is { IsRepeatable: false } && !seen.TryAdd(name, directive))
            {
                Tell(
                    ValidationRules.UniqueDirectivesPerLocation,
                    $"The directive \"@{name}\" can only be used once at this location.",
                    seen[name].Location,
                    directive.Location);
            }
        }
    }

    // Of an unknown directive the arguments are taken for those of the field around it, as the reference has it.
    private void VisitDirectives(ImmutableArray<DirectiveNode> directives, string location, FieldDefinition? above)
    {
        foreach (var directive in directives)
        {
            var facts = Facts.Of(this, directive.Name.Value);
            CheckDirective(directive, facts, location);
            CheckArgumentNames(directive.Arguments);
            var definition = _schema.FindDirective(directive.Name.Value);
            foreach (var argument in directive.Arguments)
            {
                var name = argument.Name.Value;
                VisitArgument(argument, definition is null ? above?.FindArgument(name) : definition.FindArgument(name));
            }
            CheckRequiredArguments(directive, facts);
        }
    }

    private void VisitArgument(ArgumentNode node, ArgumentDefinition? definition)
    {
        var type = definition is { Type.IsInput: true } ? definition.Type : null;
        VisitValue(node.Value, new Position(type, null, definition is { HasDefault: true }), checks: true);
    }

    private void CheckDirective(DirectiveNode node, Facts? facts, string location)
    {
        if (facts is not { } known)
        {
            if (Asks(ValidationRules.KnownDirectives))
            {
                Tell(ValidationRules.KnownDirectives, $"Unknown directive \"@{node.Name}\".", node.Location);
            }
            return;
        }
        if (Asks(ValidationRules.KnownDirectives) && !known.MayStandOn(location))
        {
            Tell(
                ValidationRules.KnownDirectives, $"Directive \"@{node.Name}\" may not be used on {location}.", node.Location);
        }
        foreach (var argument in node.Arguments)
        {
            if (Asks(ValidationRules.KnownArgumentNames) && !known.HasArgument(argument.Name.Value))
            {
                var near = DidYouMean(argument.Name.Value, known.ArgumentNames);
                Tell(
                    ValidationRules.KnownArgumentNames,
                    $"Unknown argument \"{argument.Name}\" on directive \"@{node.Name}\".{near}",
                    argument.Location);
            }
        }
    }

    private void CheckRequiredArguments(DirectiveNode node, Facts? facts)
    {
        if (facts is not { } known || !Asks(ValidationRules.ProvidedRequiredArguments))
        {
            return;
        }
        foreach (var (name, type) in known.RequiredArguments)
        {
            if (!IsGiven(node.Arguments, name))
            {
                Tell(
                    ValidationRules.ProvidedRequiredArguments,
                    $"Directive \"@{node.Name}\" argument \"{name}\" of type \"{type}\" is required, but it was not provided.",
                    node.Location);
            }
        }
    }

    private void CheckArgumentNames(ImmutableArray<ArgumentNode> arguments)
    {
        if (arguments.Length < 2 || !Asks(ValidationRules.UniqueArgumentNames)
            || !Repeats.Any(arguments, argument => argument.Name.Value))
        {
            return;
        }
        foreach (var same in Repeats.Of(arguments, argument => argument.Name.Value))
        {
            Tell(
                ValidationRules.UniqueArgumentNames,
                $"There can be only one argument named \"{same.Key}\".",
                [.. same.Select(argument => argument.Name.Location)]);
        }
    }

    private static bool IsGiven(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name.Value == name)
            {
                return true;
            }
        }
        return false;
    }
}
