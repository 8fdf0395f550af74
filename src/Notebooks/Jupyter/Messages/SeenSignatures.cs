using System.Text;

namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>Remembers the latest signatures, so that a recorded message cannot be replayed. Thread-safe.</summary>
internal sealed class SeenSignatures
{
    /// <summary>As many as Jupyter's own session remembers.</summary>
    private const int Most = 65_536;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _changing = new();

    /// <returns>False when it was seen before.</returns>
    public bool Add(ReadOnlySpan<byte> signature)
    {
        var text = Encoding.ASCII.GetString(signature);
        lock (_changing)
        {
            if (!_seen.Add(text))
                return false;
            _order.Enqueue(text);
            if (_order.Count > Most)
                _seen.Remove(_order.Dequeue());
            return true;
        }
    }
}
