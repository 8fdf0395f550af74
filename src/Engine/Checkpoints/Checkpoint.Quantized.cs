using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <content>Writing a folder whose projections are in few bits.</content>
public sealed partial class Checkpoint
{
    /// <summary>Writes this model as a Hugging Face folder whose projections are in GPTQ's layout, which transformers and vLLM read.
    /// What is not a projection stays in its dtype. One projection at a time is in memory as it was.</summary>
    /// <param name="folder">As for Save.</param>
    /// <param name="grid">4 or 8 bits. One that is not symmetric is given whole zeros, since the layout has no others.</param>
    /// <param name="rounding">Chooses the numbers; default: each weight becomes the nearest.</param>
    /// <param name="weights">Every parameter by the decoder's name, to be written in place of the checkpoint's own; their vectors are
    /// stored in float32. Default: the checkpoint's.</param>
    /// <param name="shardBytes">Weights beyond this are spread over several files.</param>
    /// <param name="cancellationToken">Ends the work between two projections, and leaves nothing.</param>
    /// <exception cref="CheckpointException">The grid does not fit a projection, the weights are damaged, or the disk is full.</exception>
    public void SaveQuantized(
        string folder, IntegerGrid grid, IRounding? rounding = null, IReadOnlyDictionary<string, Tensor>? weights = null,
        long shardBytes = 5_000_000_000, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Bits is not (4 or 8))
            throw new ArgumentOutOfRangeException(nameof(grid), grid.Bits, "GPTQ's layout is written with 4 or 8 bits.");
        CheckHashes();
        var settings = new GptqSettings(grid.Bits, grid.GroupSize, grid.Symmetric);
        var configText = ConfigWriter.Write(Config, Defaults, Weights.Dtype, settings);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var writer = new GptqWriter(
            Config, settings, grid with { WholeZeros = true }, rounding ?? new NearestRounding(),
            name => weights?[name].alias() ?? Weights.Read(name));
        var vectors = weights is null ? Weights.Dtype : ScalarType.Float32;
        var shards = SafetensorsWriter.Shards(writer.Tensors(Weights.Dtype, vectors, cancellationToken), shardBytes);
        Save(folder, Config, configText, shards, Tokenizer, ChatTemplateText, Defaults);
    }
}
