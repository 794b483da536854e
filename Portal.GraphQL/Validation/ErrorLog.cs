using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>Errors in their order. One more than the limit says that there are too many; nothing is written after it.</summary>
internal sealed class ErrorLog(int limit)
{
    private List<ValidationError>? _errors;

    public int Count => _errors?.Count ?? 0;

    public bool IsFull => Count > limit;

    // How many more may be told before it is full.
    public int Room => limit + 1 - Count;

    public ImmutableArray<ValidationError> Errors => _errors is null ? [] : [.. _errors];

    public void Add(ValidationRules rule, string message, params ReadOnlySpan<Location> locations) =>
        Add(new ValidationError(rule, message, [.. locations]));

    public void Add(ValidationError error)
    {
        if (!IsFull)
        {
            (_errors ??= []).Add(Count < limit
                ? error
                : new ValidationError(
                    ValidationRules.None, "Too many validation errors, error limit reached. Validation aborted.", []));
        }
    }

    // The errors from one place up to another, as told by another log.
    public void Copy(ErrorLog other, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            Add(other._errors![i]);
        }
    }
}
