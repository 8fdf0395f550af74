namespace TorchSharp;

/// <summary>A loss of two arguments.</summary>
/// <typeparam name="T1">What was computed.</typeparam>
/// <typeparam name="T2">What was wanted.</typeparam>
/// <typeparam name="TResult">The loss.</typeparam>
public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    /// <param name="reduction">What becomes of the single losses.</param>
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base("Loss")
    {
        this.reduction = reduction;
    }

    /// <summary>What becomes of the single losses.</summary>
    public torch.nn.Reduction reduction { get; }
}
