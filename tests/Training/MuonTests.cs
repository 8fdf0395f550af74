using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class MuonTests
{
    [Theory]
    [InlineData(24, 24)]
    [InlineData(48, 16)]
    [InlineData(16, 48)]
    public void AStepIsAboutEquallyLongInEveryDirection(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrix = randn([rows, columns], generator: new Generator(1));

        var step = Muon.Orthogonal(matrix).@float();

        // The quintic leaves singular values between 0.68 and 1.13 (Jordan et al. 2024), and bfloat16 is off by less than 0.05. The
        // squares of the singular values are the eigenvalues of the smaller Gram matrix. Its trace is the sum of the eigenvalues. The
        // trace of its square is the sum of their squares.
        var gram = rows < columns ? step.mm(step.t()) : step.t().mm(step);
        var (size, sum, sumOfSquares) = (gram.shape[0], gram.trace().ToDouble(), gram.square().sum().ToDouble());
        Assert.InRange(sum / size, 0.63 * 0.63, 1.18 * 1.18);
        Assert.InRange(sumOfSquares / size, Math.Pow(0.63, 4), Math.Pow(1.18, 4));
        // The step still follows the gradient.
        Assert.InRange((matrix * step).sum().ToDouble(), 0.6 * matrix.norm().ToDouble(), double.MaxValue);
    }

    [Fact]
    public void AStepOpposesTheGradientAndScalesWithTheRateAndTheRootOfTheLongerSide()
    {
        using var scope = NewDisposeScope();
        using var muon = NewMuon(out var weight, rows: 2, columns: 2, weightDecay: 0);
        weight.grad = tensor(new float[] { 3, 0, 0, 3 }, 2, 2);

        muon.Step(learningRate: 0.5);

        // The gradient is 3 times the identity, so its orthogonal factor is the identity. The step along it is
        // 0.5 x 0.2 x sqrt(2) = 0.1414.
        var moved = weight.data<float>().ToArray();
        Assert.All([moved[0], moved[3]], value => Assert.InRange(value, -0.1414 * 1.18, -0.1414 * 0.63));
        Assert.All([moved[1], moved[2]], value => Assert.InRange(value, -0.005, 0.005));
    }

    [Fact]
    public void AMatrixWithoutAGradientStays()
    {
        using var scope = NewDisposeScope();
        using var muon = NewMuon(out var weight, rows: 2, columns: 3, weightDecay: 0.1);
        weight.fill_(7);

        muon.Step(learningRate: 1);

        Assert.All(weight.data<float>().ToArray(), value => Assert.Equal(7, value));
    }

    [Fact]
    public void ARestoredOptimizerMakesTheSameSteps()
    {
        using var scope = NewDisposeScope();
        using var first = NewMuon(out var weight, rows: 4, columns: 3, weightDecay: 0.1);
        StepOn(first, weight, seed: 1);
        using var second = NewMuon(out var copy, rows: 4, columns: 3, weightDecay: 0.1);
        copy.copy_(weight);
        second.Restore(name => first.State.Single(s => s.Name == name).Value.clone());

        StepOn(first, weight, seed: 2);
        StepOn(second, copy, seed: 2);

        Assert.Equal(weight.data<float>().ToArray(), copy.data<float>().ToArray());
    }

    private static Muon NewMuon(out Parameter weight, int rows, int columns, double weightDecay)
    {
        weight = nn.Parameter(zeros(rows, columns), requires_grad: false);
        return new Muon([("weight", weight)], weightDecay);
    }

    private static void StepOn(Muon muon, Parameter weight, int seed)
    {
        weight.grad = randn(weight.shape, generator: new Generator((ulong)seed));
        muon.Step(learningRate: 0.1);
    }
}
