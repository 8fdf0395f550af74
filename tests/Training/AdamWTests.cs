using System.Text.Json;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace LlmRabbitHoles.Training.Tests;

public class AdamWTests
{
    [Fact]
    public void TenStepsMatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var golden = JsonSerializer.Deserialize<Golden>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "adamw.json")), JsonSerializerOptions.Web)!;
        var (matrix, vector) = (Parameter(golden.Matrix, 3, 4), Parameter(golden.Vector, 5));
        using var optimizer = new AdamW([("matrix", matrix), ("vector", vector)], beta2: 0.95, weightDecay: 0.1);

        for (var i = 0; i < golden.Rates.Length; i++)
        {
            matrix.grad = tensor(golden.MatrixGrads[i]).view(3, 4);
            vector.grad = tensor(golden.VectorGrads[i]);
            optimizer.Step(golden.Rates[i]);
        }

        AssertClose(golden.MatrixAfter, matrix);
        AssertClose(golden.VectorAfter, vector);
    }

    [Fact]
    public void ARestoredOptimizerMakesTheSameSteps()
    {
        using var scope = NewDisposeScope();
        var (straight, resumed) = (Parameter([1, 2, 3], 3), Parameter([1, 2, 3], 3));
        using var first = new AdamW([("w", straight)]);
        using var second = new AdamW([("w", resumed)]);
        Step(first, straight, 0.5f);
        Step(second, resumed, 0.5f);

        var state = second.State.ToDictionary(s => s.Name, s => s.Value.clone());
        using var third = new AdamW([("w", resumed)]);
        third.Restore(second.Steps, name => state[name]);
        Step(first, straight, -2);
        Step(third, resumed, -2);

        Assert.Equal(straight.data<float>().ToArray(), resumed.data<float>().ToArray());
    }

    private static void Step(AdamW optimizer, Parameter weight, float gradient)
    {
        weight.grad = full_like(weight, gradient);
        optimizer.Step(0.1);
    }

    private static Parameter Parameter(float[] values, params long[] shape) => nn.Parameter(tensor(values).view(shape));

    private static void AssertClose(float[] expected, Tensor actual) =>
        Assert.All(actual.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-6));

    private sealed record Golden(
        float[] Matrix, float[] Vector, double[] Rates, float[][] MatrixGrads, float[][] VectorGrads, float[] MatrixAfter,
        float[] VectorAfter);
}
