using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class AttentionMap
{
    /// <inheritdoc cref="Of{T}(string, T[,], IEnumerable{string})"/>
    public static AttentionMap Of(string title, Tensor weights, IEnumerable<string> pieces) =>
        From(title, TensorNumbers.Matrix(weights), pieces);

    /// <summary>The weights of several heads as small maps beside each other.</summary>
    /// <param name="title">Which layer.</param>
    /// <param name="weights">[heads, queries, keys], perhaps behind a batch of 1.</param>
    /// <param name="pieces">[keys], the text of each token.</param>
    /// <exception cref="ArgumentException">The tensor has another shape, or the pieces do not match the keys.</exception>
    public static AttentionHeads Heads(string title, Tensor weights, IEnumerable<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var shape = weights.shape;
        if (shape.Length < 3 || shape.SkipLast(3).Any(size => size != 1))
            throw new ArgumentException(
                $"The weights are [{string.Join(", ", shape)}]; [heads, queries, keys] is needed. For one head use AttentionMap.Of.",
                nameof(weights));
        var flat = TensorNumbers.All(weights);
        var (queries, keys) = ((int)shape[^2], (int)shape[^1]);
        var heads = Enumerable.Range(0, (int)shape[^3]).Select(head => Matrix.Of(flat, head * queries * keys, queries, keys));
        return Heads(title, heads, pieces);
    }
}
