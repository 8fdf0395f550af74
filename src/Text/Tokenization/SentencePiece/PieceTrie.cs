namespace LlmRabbitHoles.Tokenization;

/// <summary>Finds all pieces that a text starts with, a character a step.</summary>
internal sealed class PieceTrie
{
    /// <summary>The node before the first character.</summary>
    public const int Root = 0;

    private readonly Dictionary<long, int> _next = [];      // node in the upper part, character in the lower 16 bits
    private readonly List<int> _ids = [None];

    private const int None = -1;

    /// <param name="pieces">Text to id.</param>
    public PieceTrie(IReadOnlyDictionary<string, int> pieces)
    {
        foreach (var (text, id) in pieces)
        {
            var node = Root;
            foreach (var character in text) node = Grow(node, character);
            if (node != Root) _ids[node] = id;
        }
    }

    /// <summary>Goes on to the node behind a character; false where no piece goes on with it.</summary>
    public bool TryStep(ref int node, char character) => _next.TryGetValue(Key(node, character), out node);

    /// <summary>The piece that ends at a node, or null.</summary>
    public int? IdAt(int node) => _ids[node] == None ? null : _ids[node];

    private int Grow(int node, char character)
    {
        var key = Key(node, character);
        if (_next.TryGetValue(key, out var next)) return next;
        _ids.Add(None);
        return _next[key] = _ids.Count - 1;
    }

    private static long Key(int node, char character) => ((long)node << 16) | character;
}
