namespace Portal.GraphQL.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    private readonly int _maxErrors = 100;

    /// <summary>All rules, 100 errors, suggestions.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Most errors that are told; one more then says that there were too many. At least 0.</summary>
    public int MaxErrors
    {
        get => _maxErrors;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxErrors = value;
        }
    }

    /// <summary>
    /// Whether messages ask "Did you mean ...?". The answers are names of the schema: say no where introspection is off.
    /// </summary>
    public bool Suggestions { get; init; } = true;

    /// <summary>Which rules are asked.</summary>
    public ValidationRules Rules { get; init; } = ValidationRules.All;
}
