using System.Diagnostics.CodeAnalysis;

namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Values in the order of their last use.</summary>
internal sealed class RecentlyUsed<TValue>
{
    private readonly Dictionary<(int Layer, int Page), LinkedListNode<((int Layer, int Page) Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<((int Layer, int Page) Key, TValue Value)> _order = new();    // the oldest first

    public int Count => _nodes.Count;

    public IEnumerable<TValue> Values => _order.Select(entry => entry.Value);

    public bool Contains((int Layer, int Page) key) => _nodes.ContainsKey(key);

    public void Add((int Layer, int Page) key, TValue value) => _nodes.Add(key, _order.AddLast((key, value)));

    /// <summary>Finds a value and makes it the youngest.</summary>
    public bool TryUse((int Layer, int Page) key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!_nodes.TryGetValue(key, out var node)) return false;
        _order.Remove(node);
        _order.AddLast(node);
        value = node.Value.Value;
        return true;
    }

    public bool TryTake((int Layer, int Page) key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!_nodes.Remove(key, out var node)) return false;
        _order.Remove(node);
        value = node.Value.Value;
        return true;
    }

    public ((int Layer, int Page) Key, TValue Value) TakeOldest()
    {
        var oldest = _order.First!.Value;
        _order.RemoveFirst();
        _nodes.Remove(oldest.Key);
        return oldest;
    }
}
