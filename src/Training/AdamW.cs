namespace LlmRabbitHoles.Training;

/// <summary>Adam with decoupled weight decay. Each weight moves by the running mean of its gradient, divided by the root of the
/// running mean of the squared gradient. Matrices also shrink a little; gains and biases do not.</summary>
/// <remarks>Kingma and Ba 2014, arXiv:1412.6980, algorithm 1; Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2.</remarks>
public sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Epsilon = 1e-8;

    private readonly List<Slot> _slots;
    private readonly double _beta2;
    private readonly double _weightDecay;

    /// <summary>Starts before the first step.</summary>
    /// <param name="parameters">The caller keeps the weights.</param>
    /// <param name="beta2">How much of the mean of squares remains after a step. Default 0.95, which is usual for language models.</param>
    /// <param name="weightDecay">A step multiplies a matrix by 1 - learningRate x weightDecay. Default 0.1.</param>
    public AdamW(IEnumerable<(string Name, Parameter Weight)> parameters, double beta2 = 0.95, double weightDecay = 0.1)
    {
        _beta2 = beta2;
        _weightDecay = weightDecay;
        using var noGradients = no_grad();
        _slots = [.. parameters.Select(p => new Slot(p.Name, p.Weight, Zeros(p.Weight), Zeros(p.Weight)))];
    }

    /// <summary>How many steps it has made.</summary>
    public int Steps { get; private set; }

    /// <summary>Moves every weight by its gradient. A weight without a gradient stays.</summary>
    public void Step(double learningRate)
    {
        Steps++;
        using var noGradients = no_grad();
        foreach (var slot in _slots) Step(slot, learningRate);
    }

    /// <summary>The running means, named <c>NAME.mean</c> and <c>NAME.square</c>. A run that restores them repeats the same losses.
    /// The optimizer owns them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _slots.SelectMany(s => new[] { ($"{s.Name}.mean", s.Mean), ($"{s.Name}.square", s.Square) });

    /// <summary>Continues where another optimizer stopped.</summary>
    /// <param name="steps">The steps that the other optimizer had made.</param>
    /// <param name="state">Returns the running mean of a name. This method disposes the tensors that it creates.</param>
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
