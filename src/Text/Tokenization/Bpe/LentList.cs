using System.Buffers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Numbers in memory that is lent and goes back, so that a long text leaves nothing behind.</summary>
/// <param name="expected">How many there will be; more is fine.</param>
internal struct LentList(int expected) : IDisposable
{
    private int[] _items = ArrayPool<int>.Shared.Rent(Math.Max(expected, 16));
    private int _count;

    /// <summary>The numbers so far.</summary>
    public readonly ReadOnlySpan<int> Items => _items.AsSpan(0, _count);

    /// <summary>Adds a number.</summary>
    public void Add(int item) => Add(new ReadOnlySpan<int>(in item));

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<int> items)
    {
        if (_items.Length - _count < items.Length) Grow(_count + items.Length);
        items.CopyTo(_items.AsSpan(_count));
        _count += items.Length;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_items);
        (_items, _count) = ([], 0);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(needed, _items.Length * 2));
        Items.CopyTo(larger);
        ArrayPool<int>.Shared.Return(_items);
        _items = larger;
    }
}
