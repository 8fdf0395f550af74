using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Training;

/// <summary>
/// Momentum with orthogonal steps: all directions of a matrix learn at one pace, not only those with large gradients.
/// </summary>
/// <remarks>Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"; the step's size and weight decay as Liu et al.
/// 2025, arXiv:2502.16982, so that it moves weights about as far as <see cref="AdamW"/> does at the same rate. For matrices between hidden
/// states only: embeddings, gains and biases are AdamW's.</remarks>
public sealed class Muon : IDisposable
{
    private const double Momentum = 0.95;
    private const double StepSize = 0.2;
    private const int Iterations = 5;

    // The quintic of Jordan et al.: from any start in (0, 1] it comes near 1 in five iterations, though never exactly there.
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    private readonly List<Slot> _slots;
    private readonly double _weightDecay;

    /// <summary>Starts with no step made.</summary>
    /// <param name="matrices">Name and weight, [outputs, inputs] each; they stay the caller's.</param>
    /// <param name="weightDecay">Share of a matrix that a step removes, times the learning rate. Default 0.1.</param>
    public Muon(IEnumerable<(string Name, Parameter Weight)> matrices, double weightDecay = 0.1)
    {
        _weightDecay = weightDecay;
        using var noGradients = no_grad();
        _slots = [.. matrices.Select(m => new Slot(m.Name, m.Weight, m.Weight.zeros_like().DetachFromDisposeScope()))];
    }

    /// <summary>The running sums of gradients, under <c>NAME.momentum</c>; the optimizer owns them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => _slots.Select(s => ($"{s.Name}.momentum", s.Momentum));

    /// <summary>Moves matrices by their gradients; those without one stay.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="part">The number of this caller among parallel callers.</param>
    /// <param name="parts">How many callers there are; each takes its share of the matrices.</param>
    public void Step(double learningRate, int part = 0, int parts = 1)
    {
        using var noGradients = no_grad();
        for (var i = part; i < _slots.Count; i += parts) Step(_slots[i], learningRate);
    }

    /// <summary>Continues where another optimizer stopped.</summary>
    /// <param name="state">Its sum by name; stays the caller's.</param>
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

    /// <summary>U V^T of the singular value decomposition U S V^T, nearly: every singular value becomes about 1.</summary>
    /// <param name="matrix">[rows, columns]</param>
    /// <returns>[rows, columns] in the <see cref="ProductDtype"/> of the device; the caller's.</returns>
    /// <remarks>Newton-Schulz iteration: it only multiplies, so that bfloat16 will do.</remarks>
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
