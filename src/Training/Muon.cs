using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Training;

/// <summary>
/// Momentum with orthogonal steps: all directions of a matrix learn at one pace, not only those with large gradients.
/// </summary>
/// <remarks>Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks". Step size and weight decay follow Liu et al.
/// 2025, arXiv:2502.16982, so that weights move about as far as with <see cref="AdamW"/> at the same rate. Use it only for matrices
/// between hidden states; train embeddings, gains and biases with AdamW.</remarks>
public sealed class Muon : IDisposable
{
    private const double Momentum = 0.95;
    private const double StepSize = 0.2;
    private const int Iterations = 5;

    // The quintic of Jordan et al.: five iterations bring any number in (0, 1] near 1, but not exactly to 1.
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    private readonly List<Slot> _slots;
    private readonly double _weightDecay;

    /// <summary>Starts before the first step.</summary>
    /// <param name="matrices">[outputs, inputs] each. The caller keeps them.</param>
    /// <param name="weightDecay">A step multiplies a matrix by 1 - learningRate x weightDecay. Default 0.1.</param>
    public Muon(IEnumerable<(string Name, Parameter Weight)> matrices, double weightDecay = 0.1)
    {
        _weightDecay = weightDecay;
        using var noGradients = no_grad();
        _slots = [.. matrices.Select(m => new Slot(m.Name, m.Weight, m.Weight.zeros_like().DetachFromDisposeScope()))];
    }

    /// <summary>The running sums of gradients, named <c>NAME.momentum</c>. The optimizer owns them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => _slots.Select(s => ($"{s.Name}.momentum", s.Momentum));

    /// <summary>Moves matrices by their gradients. A matrix without a gradient stays.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="part">The caller's number, from 0, if several threads call at once.</param>
    /// <param name="parts">The number of callers. Each caller moves its share of the matrices.</param>
    public void Step(double learningRate, int part = 0, int parts = 1)
    {
        using var noGradients = no_grad();
        for (var i = part; i < _slots.Count; i += parts) Step(_slots[i], learningRate);
    }

    /// <summary>Continues where another optimizer stopped.</summary>
    /// <param name="state">Returns the running sum of a name. This method disposes the tensors that it creates.</param>
    public void Restore(Func<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in State) value.copy_(state(name));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in _slots) slot.Momentum.Dispose();
    }

    /// <summary>Approximates U V^T of the singular value decomposition U S V^T: every singular value becomes about 1.</summary>
    /// <param name="matrix">[rows, columns]</param>
    /// <returns>[rows, columns] in the product dtype of the device (<see cref="ProductDtype"/>), owned by the caller's scope.</returns>
    /// <remarks>Newton-Schulz iteration. It only multiplies and adds, so bfloat16 is precise enough.</remarks>
    internal static Tensor Orthogonal(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = (matrix / (matrix.norm() + 1e-7)).to(ProductDtype.Of(matrix.device));
        if (isTall) x = x.t();
        for (var i = 0; i < Iterations; i++)
        {
            var square = x.mm(x.t());
            x = (x * A).addmm(square.mul(B).addmm(square, square, alpha: (float)C), x);
        }
        return (isTall ? x.t() : x).MoveToOuterDisposeScope();
    }

    private void Step(Slot slot, double learningRate)
    {
        using var scope = NewDisposeScope();
        if (slot.Weight.grad is not { } gradient) return;
        slot.Momentum.mul_(Momentum).add_(gradient);
        var direction = Orthogonal(gradient.add(slot.Momentum, alpha: Momentum));
        slot.Weight.mul_(1 - (learningRate * _weightDecay));
        slot.Weight.add_(
            direction.@float(), alpha: -learningRate * StepSize * Math.Sqrt(Math.Max(slot.Weight.shape[0], slot.Weight.shape[1])));
    }

    private sealed record Slot(string Name, Parameter Weight, Tensor Momentum);
}
