namespace LlmRabbitHoles.Model;

/// <summary>What the tokens of a layer see and know of their places.</summary>
public enum LayerKind
{
    /// <summary>Each token sees all before it.</summary>
    Global,

    /// <summary>Each token sees a window. Beltagy et al. 2020, arXiv:2004.05150; alternating: Gemma 2, arXiv:2408.00118.</summary>
    Windowed,

    /// <summary>Each token sees all before it, and nothing is rotated. Yang et al. 2025, arXiv:2501.18795 (RNoPE), as in SmolLM3.</summary>
    Unplaced,

    /// <summary>Each token sees a window, and nothing is rotated: SmolLM3's layers without rotations where it uses windows.</summary>
    WindowedUnplaced,
}

internal static class LayerKindProperties
{
    /// <summary>Whether each token sees a window.</summary>
    public static bool HasWindow(this LayerKind kind) => kind is LayerKind.Windowed or LayerKind.WindowedUnplaced;
}

/// <summary>The kinds of all layers, first to last.</summary>
public sealed record LayerKinds
{
    private readonly LayerKind[] _kinds;

    /// <param name="kinds">One for each layer.</param>
    public LayerKinds(params IEnumerable<LayerKind> kinds) => _kinds = [.. kinds];

    /// <summary>How many layers.</summary>
    public int Count => _kinds.Length;

    /// <summary>The kind of a layer, counted from 0.</summary>
    public LayerKind this[int layer] => _kinds[layer];

    /// <summary>The kinds of <paramref name="layers"/> layers of which each <paramref name="interval"/>-th is different.</summary>
    /// <param name="layers">How many layers.</param>
    /// <param name="interval">1 or more.</param>
    /// <param name="usual">Of most layers.</param>
    /// <param name="other">Of layers interval - 1, 2 interval - 1 and so on.</param>
    public static LayerKinds Every(int layers, int interval, LayerKind usual, LayerKind other) =>
        new(Enumerable.Range(1, layers).Select(layer => layer % interval == 0 ? other : usual));

    /// <inheritdoc />
    public bool Equals(LayerKinds? other) => other is not null && _kinds.AsSpan().SequenceEqual(other._kinds);

    /// <inheritdoc />
    public override int GetHashCode() => _kinds.Aggregate(_kinds.Length, HashCode.Combine);

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", _kinds);
}
