using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Reads text with a model to see what its projections are given, for what rounds weights with an eye to their use.</summary>
public sealed class Calibration : IDisposable
{
    private Calibration(IReadOnlyDictionary<string, InputStatistics> inputs) => Inputs = inputs;

    /// <summary>The inputs of each projection, by the decoder's name of its weight.</summary>
    public IReadOnlyDictionary<string, InputStatistics> Inputs { get; }

    /// <summary>Reads texts.</summary>
    /// <param name="checkpoint">Stays the caller's.</param>
    /// <param name="texts">Ids of each, at most the context.</param>
    /// <param name="progress">Receives the share done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends between two texts.</param>
    public static Calibration Read(
        Checkpoint checkpoint, IReadOnlyList<int[]> texts, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(texts);
        using var noGradients = no_grad();
        var arithmetic = new CalibratingArithmetic();
        using var decoder = new Decoder(checkpoint.Config, new CheckpointWeights(checkpoint, CPU, ScalarType.Float32), arithmetic);
        foreach (var (index, text) in texts.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            decoder.States(tensor(text.Select(id => (long)id).ToArray(), 1, text.Length), new ForwardPass());
            progress?.Report((index + 1.0) / texts.Count);
        }
        return new Calibration(arithmetic.Inputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statistics in Inputs.Values) statistics.Dispose();
    }
}
