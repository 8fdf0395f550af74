using System.Buffers;
using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels;

/// <summary>Attention of one head over one text, softmax(scale q k^T) v with each token seeing itself and what stands before it, and
/// its gradients.</summary>
/// <remarks>Vaswani et al. 2017, eq. 1. The scores of 32 queries are held at a time; the gradients compute them again from the
/// logarithms of their sums, as FlashAttention does (Dao et al. 2022, arXiv:2205.14135, algorithm 4).</remarks>
public static class CausalAttention
{
    private const int Queries = 32;

    /// <summary>Attends.</summary>
    /// <param name="q">[time, headDim]; headDim is a multiple of 16.</param>
    /// <param name="k">[time, headDim]</param>
    /// <param name="v">[time, headDim]</param>
    /// <param name="headDim">Width of the head.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <param name="output">Receives [time, headDim].</param>
    /// <param name="logSums">Receives [time], the logarithm of each query's sum of exponentials, for the gradients.</param>
    public static void Forward(
        ReadOnlySpan<float> q, ReadOnlySpan<float> k, ReadOnlySpan<float> v, int headDim, float scale, Span<float> output,
        Span<float> logSums)
    {
        var shape = new Shape(logSums.Length, headDim);
        using var memory = new Scratch(shape, matrices: 4);
        var queries = memory.Rows(0, q);
        var values = memory.Rows(1, v);
        var mixed = memory.Matrix(2);
        var keys = memory.Columns(3, k);
        TensorPrimitives.Multiply(queries, scale, queries);
        for (var first = 0; first < shape.Time; first += Queries)
        {
            var seen = first + Queries;
            var scores = memory.Scores(0);
            SmallProduct.Set(queries[(first * headDim)..], headDim, keys, shape.Padded, scores, shape.Padded, Queries, seen, headDim);
            Softmax(scores, first, shape, logSums);
            SmallProduct.Set(scores, shape.Padded, values, headDim, mixed[(first * headDim)..], headDim, Queries, headDim, seen);
        }
        mixed[..output.Length].CopyTo(output);
    }

    /// <summary>Adds up the gradients.</summary>
    /// <param name="q">[time, headDim], as in <see cref="Forward"/>.</param>
    /// <param name="k">[time, headDim]</param>
    /// <param name="v">[time, headDim]</param>
    /// <param name="headDim">Width of the head.</param>
    /// <param name="scale">Multiplied the scores.</param>
    /// <param name="output">[time, headDim], what <see cref="Forward"/> gave.</param>
    /// <param name="logSums">[time], what it gave.</param>
    /// <param name="outputGradient">[time, headDim]</param>
    /// <param name="qGradient">Receives [time, headDim].</param>
    /// <param name="kGradient">[time, headDim]; the gradient is added to it, since several heads of queries may share keys.</param>
    /// <param name="vGradient">[time, headDim]; the gradient is added to it.</param>
    public static void Backward(
        ReadOnlySpan<float> q, ReadOnlySpan<float> k, ReadOnlySpan<float> v, int headDim, float scale, ReadOnlySpan<float> output,
        ReadOnlySpan<float> logSums, ReadOnlySpan<float> outputGradient, Span<float> qGradient, Span<float> kGradient,
        Span<float> vGradient)
    {
        var shape = new Shape(logSums.Length, headDim);
        using var memory = new Scratch(shape, matrices: 8);
        var queries = memory.Rows(0, q);
        var keys = memory.Rows(1, k);
        var gradients = memory.Rows(2, outputGradient);
        var keyColumns = memory.Columns(3, k);
        var valueColumns = memory.Columns(4, v);
        var ofQueries = memory.Matrix(5);
        var ofKeys = memory.Rows(6, kGradient);
        var ofValues = memory.Rows(7, vGradient);
        TensorPrimitives.Multiply(queries, scale, queries);
        for (var first = 0; first < shape.Time; first += Queries)
        {
            var (seen, at) = (first + Queries, first * headDim);
            var weights = memory.Scores(0);
            var ofScores = memory.Scores(1);
            SmallProduct.Set(queries[at..], headDim, keyColumns, shape.Padded, weights, shape.Padded, Queries, seen, headDim);
            SmallProduct.Set(gradients[at..], headDim, valueColumns, shape.Padded, ofScores, shape.Padded, Queries, seen, headDim);
            for (var row = 0; row < Queries; row++)
            {
                var p = weights.Slice(row * shape.Padded, seen);
                var s = ofScores.Slice(row * shape.Padded, seen);
                var query = first + row;
                if (query >= shape.Time)
                {
                    p.Clear();
                    s.Clear();
                    continue;
                }
                Exponentials(p, query + 1, logSums[query]);
                var place = query * headDim;
                var mean = TensorPrimitives.Dot(outputGradient.Slice(place, headDim), output.Slice(place, headDim));
                TensorPrimitives.Subtract(s, mean, s);
                TensorPrimitives.Multiply(s, p, s);
            }
            SmallProduct.Set(ofScores, shape.Padded, keys, headDim, ofQueries[at..], headDim, Queries, headDim, seen);
            SmallProduct.AddTransposed(ofScores, shape.Padded, queries[at..], headDim, ofKeys, headDim, seen, headDim, Queries);
            SmallProduct.AddTransposed(weights, shape.Padded, gradients[at..], headDim, ofValues, headDim, seen, headDim, Queries);
        }
        TensorPrimitives.Multiply(ofQueries[..qGradient.Length], scale, qGradient);
        ofKeys[..kGradient.Length].CopyTo(kGradient);
        ofValues[..vGradient.Length].CopyTo(vGradient);
    }

    private static void Softmax(Span<float> scores, int first, Shape shape, Span<float> logSums)
    {
        for (var row = 0; row < Queries; row++)
        {
            var weights = scores.Slice(row * shape.Padded, first + Queries);
            var query = first + row;
            if (query >= shape.Time)
            {
                weights.Clear();
                continue;
            }
            var seen = weights[..(query + 1)];
            var max = TensorPrimitives.Max(seen);
            Exponentials(weights, query + 1, max);
            var sum = TensorPrimitives.Sum(seen);
            TensorPrimitives.Multiply(seen, 1 / sum, seen);
            logSums[query] = max + MathF.Log(sum);
        }
    }

    /// <summary>e to the power of each score less a number; 0 for what the query does not see.</summary>
    private static void Exponentials(Span<float> scores, int seen, float less)
    {
        TensorPrimitives.Subtract(scores[..seen], less, scores[..seen]);
        TensorPrimitives.Exp(scores[..seen], scores[..seen]);
        scores[seen..].Clear();
    }

    /// <summary>A text's tokens, and their number filled up to whole blocks of queries.</summary>
    private readonly record struct Shape(int Time, int HeadDim)
    {
        public int Padded { get; } = (Time + Queries - 1) / Queries * Queries;
    }

    /// <summary>Matrices of padded size in one rented array.</summary>
    private readonly ref struct Scratch(Shape shape, int matrices)
    {
        private readonly int _size = shape.Padded * shape.HeadDim;
        private readonly float[] _memory =
            ArrayPool<float>.Shared.Rent((matrices * shape.Padded * shape.HeadDim) + (2 * Queries * shape.Padded));

        public Span<float> Matrix(int index) => _memory.AsSpan(index * _size, _size);

        /// <summary>The matrix with rows of zeros behind it.</summary>
        public Span<float> Rows(int index, ReadOnlySpan<float> source)
        {
            var matrix = Matrix(index);
            source.CopyTo(matrix);
            matrix[source.Length..].Clear();
            return matrix;
        }

        /// <summary>The matrix turned: [headDim, padded].</summary>
        public Span<float> Columns(int index, ReadOnlySpan<float> source)
        {
            var matrix = Matrix(index);
            for (var column = 0; column < shape.HeadDim; column++)
            {
                var target = matrix.Slice(column * shape.Padded, shape.Padded);
                for (var row = 0; row < shape.Time; row++) target[row] = source[(row * shape.HeadDim) + column];
                target[shape.Time..].Clear();
            }
            return matrix;
        }

        /// <summary>[32, padded]</summary>
        public Span<float> Scores(int index) =>
            _memory.AsSpan((matrices * _size) + (index * Queries * shape.Padded), Queries * shape.Padded);

        public void Dispose() => ArrayPool<float>.Shared.Return(_memory);
    }
}
