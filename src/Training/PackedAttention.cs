using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Kernels;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Attention over rows that hold several texts, each text for itself: nothing is computed for pairs of tokens that do not see
/// each other.</summary>
/// <remarks>On a CPU, forward and backward take two fifths of the time of <see cref="PlainAttention"/> with a mask, and less the shorter
/// the texts are.</remarks>
/// <param name="texts">Where texts lie in the rows.</param>
internal sealed class PackedAttention(IReadOnlyList<PackedText> texts) : IAttentionKernel
{
    private const int Lanes = 16;

    /// <summary>Whether it computes what the model asks for: on the CPU, without windows, caps or another scale.</summary>
    public static bool Fits(Decoder decoder)
    {
        var config = decoder.Config;
        return decoder.Embeddings.device.type == DeviceType.CPU && config.HeadDim % Lanes == 0 && config.SlidingWindow is null
            && config.QueryScalar is null && config.AttentionCap is null;
    }

    /// <inheritdoc/>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass) =>
        Function.apply(q.to(ScalarType.Float32), k.to(ScalarType.Float32), v.to(ScalarType.Float32), texts).to(q.dtype);

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(PackedAttention);

        /// <param name="ctx">Keeps what the gradients need.</param>
        /// <param name="vars">q, k, v in float32, and the texts.</param>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (q, k, v) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous(), ((Tensor)vars[2]).contiguous());
            var places = (IReadOnlyList<PackedText>)vars[3];
            var (output, logSums) = (zeros_like(q), zeros(q.shape[0], q.shape[1], q.shape[2]));
            foreach (var place in Places(q, k, places))
            {
                CausalAttention.Forward(
                    place.OfQuery(q), place.OfKey(k), place.OfKey(v), place.HeadDim, place.Scale, place.OfQuery(output),
                    place.OfSums(logSums));
            }
            ctx.save_for_backward([q, k, v, output, logSums]);
            ctx.save_data("texts", places);
            return output;
        }

        /// <param name="ctx">What forward kept.</param>
        /// <param name="grad_output">[batch, heads, time, headDim]</param>
        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var (q, k, v, output, logSums) = (saved[0], saved[1], saved[2], saved[3], saved[4]);
            var gradient = grad_output.to(ScalarType.Float32).contiguous();
            var (ofQ, ofK, ofV) = (zeros_like(q), zeros_like(k), zeros_like(v));
            foreach (var place in Places(q, k, (IReadOnlyList<PackedText>)ctx.get_data("texts")))
            {
                CausalAttention.Backward(
                    place.OfQuery(q), place.OfKey(k), place.OfKey(v), place.HeadDim, place.Scale, place.OfQuery(output),
                    place.OfSums(logSums), place.OfQuery(gradient), place.OfQuery(ofQ), place.OfKey(ofK), place.OfKey(ofV));
            }
            return [ofQ, ofK, ofV, null!];
        }

        private static IEnumerable<Place> Places(Tensor q, Tensor k, IReadOnlyList<PackedText> texts)
        {
            var (heads, time, headDim) = ((int)q.shape[1], (int)q.shape[2], (int)q.shape[3]);
            var group = heads / (int)k.shape[1];
            foreach (var text in texts)
            {
                for (var head = 0; head < heads; head++)
                {
                    var (row, keyRow) = ((text.Row * heads) + head, (text.Row * heads / group) + (head / group));
                    yield return new Place((row * time) + text.Start, (keyRow * time) + text.Start, text.Count, headDim);
                }
            }
        }
    }

    /// <summary>One head of one text.</summary>
    private readonly record struct Place(int Query, int Key, int Count, int HeadDim)
    {
        public float Scale => 1 / MathF.Sqrt(HeadDim);

        public Span<float> OfQuery(Tensor matrix) => FusedParts.Numbers<float>(matrix).Slice(Query * HeadDim, Count * HeadDim);

        public Span<float> OfKey(Tensor matrix) => FusedParts.Numbers<float>(matrix).Slice(Key * HeadDim, Count * HeadDim);

        public Span<float> OfSums(Tensor sums) => FusedParts.Numbers<float>(sums).Slice(Query, Count);
    }
}

/// <summary>Where a text lies in a batch.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Start">Its first token's place in the row.</param>
/// <param name="Count">Its tokens.</param>
internal readonly record struct PackedText(int Row, int Start, int Count);
