namespace LlmRabbitHoles.Training;

/// <summary>Adam with decoupled weight decay: each weight moves by the running mean of its gradient over the root of the running
/// mean of its square, and shrinks a little.</summary>
/// <remarks>Kingma and Ba 2014, arXiv:1412.6980, algorithm 1; Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2. Its state
/// is open to be saved, so that training resumes to the same losses. Matrices decay; gains and biases do not.</remarks>
public sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Epsilon = 1e-8;

    private readonly List<Slot> _slots;
    private readonly double _beta2;
    private readonly double _weightDecay;

    /// <summary>Starts with no step made.</summary>
    /// <param name="parameters">Name and weight; they stay the caller's.</param>
    /// <param name="beta2">The decay rate of the mean of squares. Default 0.95, usual for language models.</param>
    /// <param name="weightDecay">Share of a matrix that a step removes, times the learning rate. Default 0.1.</param>
    public AdamW(IEnumerable<(string Name, Parameter Weight)> parameters, double beta2 = 0.95, double weightDecay = 0.1)
    {
        _beta2 = beta2;
        _weightDecay = weightDecay;
        using var noGradients = no_grad();
        _slots = [.. parameters.Select(p => new Slot(p.Name, p.Weight, Zeros(p.Weight), Zeros(p.Weight)))];
    }

    /// <summary>Steps made.</summary>
    public int Steps { get; private set; }

    /// <summary>Moves every weight by its gradient; weights without one stay.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    public void Step(double learningRate)
    {
        Steps++;
        using var noGradients = no_grad();
        foreach (var slot in _slots) Step(slot, learningRate);
    }

    /// <summary>The running means, under <c>NAME.mean</c> and <c>NAME.square</c>; the optimizer owns them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _slots.SelectMany(s => new[] { ($"{s.Name}.mean", s.Mean), ($"{s.Name}.square", s.Square) });

    /// <summary>Continues where another optimizer stopped.</summary>
    /// <param name="steps">Steps that it made.</param>
    /// <param name="state">Its running mean by name; stays the caller's.</param>
    public void Restore(int steps, Func<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Steps = steps;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in State.ToList()) value.copy_(state(name));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, value) in State) value.Dispose();
    }

    private static Tensor Zeros(Tensor like) => like.zeros_like().DetachFromDisposeScope();

    private void Step(Slot slot, double learningRate)
    {
        using var scope = NewDisposeScope();
        if (slot.Weight.grad is not { } gradient) return;
        slot.Mean.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        slot.Square.mul_(_beta2).addcmul_(gradient, gradient, 1 - _beta2);
        var (correction1, correction2) = (1 - Math.Pow(Beta1, Steps), 1 - Math.Pow(_beta2, Steps));
        var root = slot.Square.sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
        if (slot.Weight.dim() > 1) slot.Weight.mul_(1 - (learningRate * _weightDecay));
        slot.Weight.addcdiv_(slot.Mean, root, -learningRate / correction1);
    }

    private sealed record Slot(string Name, Parameter Weight, Tensor Mean, Tensor Square);
}
