using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class NextTokenLossTests
{
    private const int Tokens = 700;    // more than one slice

    [Fact]
    public void LossAndGradientsMatchAutograd()
    {
        using var scope = NewDisposeScope();
        var (states, matrix, targets) = Make();
        var weights = linspace(-1, 1, Tokens);
        var (x, w) = (states.clone().requires_grad_(), matrix.clone().requires_grad_());
        var plain = (nn.functional.cross_entropy(nn.functional.linear(x, w), targets, reduction: nn.Reduction.None) * weights).sum();
        plain.backward();

        using var noGradients = no_grad();
        var (loss, statesGradient, unembeddingGradient) = NextTokenLoss.Gradients(states, matrix, targets, weights);

        // Each product of bfloat16 numbers has a relative error of at most 2^-8, and many products are added.
        Assert.Equal(plain.ToDouble(), loss, Math.Abs(plain.ToDouble()) * 0.02);
        Assert.InRange(Difference(x.grad!, statesGradient), 0, 0.01);
        Assert.InRange(Difference(w.grad!, unembeddingGradient), 0, 0.01);
    }

    [Fact]
    public void LogLikelihoodsMatchLogSoftmax()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (states, matrix, targets) = Make();
        var plain = nn.functional.linear(states, matrix).log_softmax(-1).gather(1, targets.unsqueeze(1)).squeeze(1);

        var likelihoods = tensor(NextTokenLoss.LogLikelihoods(states, matrix, targets));

        // A logit is a sum of 32 products of about 0.6, each off by 2^-8, and is rounded to 8 bits: it is off by 0.1, and so is the
        // log-sum-exp.
        Assert.True(plain.allclose(likelihoods, rtol: 0, atol: 0.2));
    }

    // The norm of the difference, relative to the norm of the expected value.
    private static double Difference(Tensor expected, Tensor actual) => ((expected - actual).norm() / expected.norm()).ToDouble();

    private static (Tensor States, Tensor Matrix, Tensor Targets) Make()
    {
        using var generator = new Generator(1);
        return (randn([Tokens, 32], generator: generator), randn([50, 32], generator: generator), arange(Tokens) % 50);
    }
}
