using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Portal.GraphQL.Execution;

/// <summary>The way to a place in the answer, innermost last. Specification, section 7.1.6, <c>path</c>.</summary>
internal sealed record ResponsePath(ResponsePath? Before, object Key)
{
    public static ImmutableArray<object> ToArray(ResponsePath? last)
    {
        var length = 0;
        for (var path = last; path is not null; path = path.Before)
        {
            length++;
        }
        var keys = new object[length];
        for (var path = last; path is not null; path = path.Before)
        {
            keys[--length] = path.Key;
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(keys);
    }
}

/// <summary>
/// A value that may be null, as a range of what was written: what a later null below it takes with it. Kept only where
/// something is pending below. Specification, section 6.4.4.
/// </summary>
internal sealed class NullableScope(NullableScope? outer, int start)
{
    public int Start { get; } = start;

    // Known once the value is written.
    public int End { get; set; } = int.MaxValue;

    // Whether null stands in its place.
    public bool IsNull { get; set; }

    public bool IsDead
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.IsNull)
                {
                    return true;
                }
            }
            return false;
        }
    }

    private NullableScope? Outer { get; } = outer;
}

/// <summary>A composite value that is being written.</summary>
internal struct Frame
{
    // Its key, or its index if that is not -1.
    public string Key;
    public int Index;

    // Where it begins in the output.
    public int Start;
    public bool IsNullable;

    // Made when something below is pending or wrong.
    public ResponsePath? Path;
    public NullableScope? Scope;
}
