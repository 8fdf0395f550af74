namespace TorchSharp;

/// <summary>A loss that may weigh the classes.</summary>
/// <typeparam name="T1">What was computed.</typeparam>
/// <typeparam name="T2">What was wanted.</typeparam>
/// <typeparam name="TResult">The loss.</typeparam>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    /// <param name="weight">A weight for each class, or null.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(reduction)
    {
        this.weight = weight;
    }

    /// <summary>A weight for each class, or null.</summary>
    public torch.Tensor? weight { get; }
}
