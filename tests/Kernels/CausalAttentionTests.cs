namespace LlmRabbitHoles.Kernels.Tests;

public class CausalAttentionTests
{
    private const int HeadDim = 32;
    private const float Scale = 0.25f;

    public static TheoryData<int> Times => [1, 2, 15, 31, 32, 33, 64, 100];

    [Theory]
    [MemberData(nameof(Times))]
    public void TheOutputIsThatOfTheFormula(int time)
    {
        var (q, k, v, _) = Inputs(time);
        var (output, logSums) = (new float[q.Length], new float[time]);
        CausalAttention.Forward(q, k, v, HeadDim, Scale, output, logSums);

        var weights = Weights(q, k, time);
        for (var i = 0; i < time; i++)
        {
            for (var c = 0; c < HeadDim; c++)
            {
                var expected = Enumerable.Range(0, i + 1).Sum(j => weights[i, j] * v[(j * HeadDim) + c]);
                // Sums of at most 100 terms below 4 in float32: a hundred roundings of 2^-22 at most.
                Assert.Equal(expected, output[(i * HeadDim) + c], 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void TheGradientsAreThoseOfTheFormula(int time)
    {
        var (q, k, v, gradient) = Inputs(time);
        var (output, logSums) = (new float[q.Length], new float[time]);
        CausalAttention.Forward(q, k, v, HeadDim, Scale, output, logSums);
        // What stands in the gradients of keys and values stays and is added to.
        var (ofQ, ofK, ofV) = (new float[q.Length], Filled(q.Length, 1), Filled(q.Length, 2));
        CausalAttention.Backward(q, k, v, HeadDim, Scale, output, logSums, gradient, ofQ, ofK, ofV);

        var (expectedQ, expectedK, expectedV) = Gradients(q, k, v, gradient, time);
        for (var i = 0; i < q.Length; i++)
        {
            Assert.Equal(expectedQ[i], ofQ[i], 1e-3);
            Assert.Equal(expectedK[i] + 1, ofK[i], 1e-3);
            Assert.Equal(expectedV[i] + 2, ofV[i], 1e-3);
        }
    }

    private static (float[] Q, float[] K, float[] V, float[] Gradient) Inputs(int time)
    {
        var random = new Random(time);
        float[] Matrix() => [.. Enumerable.Range(0, time * HeadDim).Select(_ => (random.NextSingle() * 4) - 2)];
        return (Matrix(), Matrix(), Matrix(), Matrix());
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private static double Dot(float[] a, int row, float[] b, int other) =>
        Enumerable.Range(0, HeadDim).Sum(c => (double)a[(row * HeadDim) + c] * b[(other * HeadDim) + c]);

    private static double[,] Weights(float[] q, float[] k, int time)
    {
        var weights = new double[time, time];
        for (var i = 0; i < time; i++)
        {
            var exponentials = Enumerable.Range(0, i + 1).Select(j => Math.Exp(Scale * Dot(q, i, k, j))).ToArray();
            for (var j = 0; j <= i; j++) weights[i, j] = exponentials[j] / exponentials.Sum();
        }
        return weights;
    }

    // With p the weights and g the gradient: dv = p^T g, ds = p (g v^T - sum of p (g v^T)), dq = scale ds k, dk = scale ds^T q.
    private static (double[] Q, double[] K, double[] V) Gradients(float[] q, float[] k, float[] v, float[] gradient, int time)
    {
        var (weights, ofQ, ofK, ofV) = (Weights(q, k, time), new double[q.Length], new double[q.Length], new double[q.Length]);
        for (var i = 0; i < time; i++)
        {
            var mean = Enumerable.Range(0, i + 1).Sum(j => weights[i, j] * Dot(gradient, i, v, j));
            for (var j = 0; j <= i; j++)
            {
                var ofScore = weights[i, j] * (Dot(gradient, i, v, j) - mean) * Scale;
                for (var c = 0; c < HeadDim; c++)
                {
                    ofV[(j * HeadDim) + c] += weights[i, j] * gradient[(i * HeadDim) + c];
                    ofQ[(i * HeadDim) + c] += ofScore * k[(j * HeadDim) + c];
                    ofK[(j * HeadDim) + c] += ofScore * q[(i * HeadDim) + c];
                }
            }
        }
        return (ofQ, ofK, ofV);
    }
}
