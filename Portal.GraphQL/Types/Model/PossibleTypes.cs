using System.Collections.Immutable;

namespace Portal.GraphQL.Types;

/// <summary>What a value of an interface or a union may be. Specification, section 5.5.2.3, <c>GetPossibleTypes()</c>.</summary>
public sealed class PossibleTypes
{
    private readonly ulong[] _bits;

    internal PossibleTypes(ImmutableArray<ObjectType> objects, ImmutableArray<InterfaceType> interfaces)
    {
        (Objects, Interfaces) = (objects, interfaces);
        _bits = new ulong[objects.IsEmpty ? 0 : (objects.Max(type => type.Index) / 64) + 1];
        foreach (var type in objects)
        {
            _bits[type.Index / 64] |= 1UL << (type.Index % 64);
        }
    }

    /// <summary>Nothing.</summary>
    public static PossibleTypes None { get; } = new([], []);

    /// <summary>The objects, in the order of the schema or of the union.</summary>
    public ImmutableArray<ObjectType> Objects { get; }

    /// <summary>The interfaces that implement this interface.</summary>
    public ImmutableArray<InterfaceType> Interfaces { get; }

    /// <summary>Whether a value may be that object.</summary>
    /// <param name="type">An object of the same schema.</param>
    public bool Contains(ObjectType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var word = (uint)type.Index / 64;
        return word < (uint)_bits.Length && (_bits[word] & (1UL << (type.Index % 64))) != 0;
    }

    /// <summary>Whether some object is in both.</summary>
    /// <param name="other">Of the same schema.</param>
    public bool Overlaps(PossibleTypes other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < Math.Min(_bits.Length, other._bits.Length); i++)
        {
            if ((_bits[i] & other._bits[i]) != 0)
            {
                return true;
            }
        }
        return false;
    }
}
