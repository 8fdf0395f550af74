namespace LlmRabbitHoles.Training;

/// <summary>One worker's loss and its gradients, summed over batches.</summary>
/// <param name="parameters">The caller owns them.</param>
internal sealed class GradientSum(IReadOnlyList<Tensor> parameters) : IDisposable
{
    private readonly Tensor?[] _gradients = new Tensor?[parameters.Count];

    /// <summary>The worker's share of the step's loss.</summary>
    public double Loss { get; private set; }

    /// <summary>The gradient of a parameter, or null if it has none. The sum owns it.</summary>
    public Tensor? this[int parameter] => _gradients[parameter];

    /// <summary>Adds the loss and the gradients of one batch.</summary>
    /// <param name="loss">The batch's share of the step's loss.</param>
    /// <param name="gradients">One for each parameter, null where it has none. The sum takes them over.</param>
    public void Add(double loss, IList<Tensor> gradients)
    {
        Loss += loss;
        for (var i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient) Add(i, gradient);
        }
    }

    /// <summary>Adds the gradient of one parameter.</summary>
    public void Add(Tensor parameter, Tensor gradient)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (ReferenceEquals(parameters[i], parameter)) Add(i, gradient);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gradient in _gradients) gradient?.Dispose();
    }

    private void Add(int index, Tensor gradient)
    {
        using var noGradients = no_grad();
        if (_gradients[index] is { } sum) sum.add_(gradient);
        else _gradients[index] = gradient.DetachFromDisposeScope();
    }
}
