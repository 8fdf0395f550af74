namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <param name="parameter">The parameter.</param>
    protected OptimizerState(Parameter parameter)
    {
        _parameter = parameter;
    }

    /// <summary>Begins anew.</summary>
    /// <param name="options">The settings of the parameter's group.</param>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Takes over a copy of another state.</summary>
    /// <param name="source">The other state, of the same type.</param>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Moves what is remembered to a device.</summary>
    /// <param name="device">Where to.</param>
    public virtual void to(torch.Device device) { }
}
