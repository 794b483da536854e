namespace Portal.GraphQL.CodeFirst;

/// <summary>
/// An input that was given, perhaps as null, or was not: for changes that leave alone what is not said. Specification,
/// section 2.9.5.
/// </summary>
/// <typeparam name="T">What is given.</typeparam>
/// <param name="value">What was given.</param>
public readonly struct Optional<T>(T? value) : IEquatable<Optional<T>>
{
    /// <summary>Whether it was given; a default counts as given.</summary>
    public bool HasValue { get; } = true;

    /// <summary>What was given; the default of the type if nothing was.</summary>
    public T? Value { get; } = value;

    /// <summary>Whether two are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Optional<T> left, Optional<T> right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Optional<T> left, Optional<T> right) => !left.Equals(right);

    /// <summary>What was given, or something else.</summary>
    /// <param name="other">In place of what was not given.</param>
    public T? Or(T? other) => HasValue ? Value : other;

    /// <inheritdoc/>
    public bool Equals(Optional<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T?>.Default.Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Optional<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HasValue, Value);

    /// <inheritdoc/>
    public override string ToString() => HasValue ? $"{Value}" : "(nothing)";
}
