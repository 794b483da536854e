using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Portal.GraphQL.Language;

/// <summary>Collects the items of a list on the stack, as most lists are short, and gives an array of the exact size.</summary>
/// <typeparam name="T">The items.</typeparam>
internal ref struct ItemBuffer<T>
{
    private FewItems _few;
    private T[]? _many;
    private int _count;

    public void Add(T item)
    {
        if (_many is null && _count < FewItems.Size)
        {
            _few[_count++] = item;
            return;
        }
        if (_many is null)
        {
            _many = new T[FewItems.Size * 4];
            ((ReadOnlySpan<T>)_few).CopyTo(_many);
        }
        else if (_count == _many.Length)
        {
            Array.Resize(ref _many, _count * 2);
        }
        _many[_count++] = item;
    }

    public readonly ImmutableArray<T> ToImmutable() => _many is null
        ? ImmutableArray.Create(((ReadOnlySpan<T>)_few)[.._count])
        : ImmutableArray.Create(_many.AsSpan(0, _count));

    [InlineArray(Size)]
    private struct FewItems
    {
        public const int Size = 6;
        private T _first;
    }
}
