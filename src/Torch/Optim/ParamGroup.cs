using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters that share settings.</summary>
public class ParamGroup : ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>Their settings; those that are not set become the optimizer's.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <inheritdoc/>
    public double LearningRate { get => Options.LearningRate!.Value; set => Options.LearningRate = value; }

    /// <inheritdoc/>
    public double InitialLearningRate { get => Options.InitialLearningRate; set => Options.InitialLearningRate = value; }
}

/// <summary>Parameters that share settings of one type.</summary>
/// <typeparam name="TOptions">The settings' type.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>An empty group.</summary>
    public ParamGroup() { }

    /// <param name="parameters">The parameters.</param>
    /// <param name="options">Their settings; null for the optimizer's.</param>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The settings.</summary>
    public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
}
