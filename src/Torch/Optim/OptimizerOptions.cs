namespace TorchSharp.Modules;

/// <summary>The settings of a group of parameters.</summary>
public class OptimizerOptions
{
    /// <summary>How far a step goes; null for the optimizer's.</summary>
    public double? LearningRate { get; set; }

    /// <summary>How far it went at first.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the settings of another group.</summary>
    /// <param name="source">The other's settings, of the same type.</param>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }
}
