namespace LlmRabbitHoles.Training;

/// <summary>Trains a model to predict the next token. The loss is the cross-entropy, in nats per counted token.</summary>
/// <remarks>Bengio et al. 2003; Radford et al. 2018.</remarks>
public sealed class NextTokenObjective : IObjective
{
    private const int ValidationBatches = 8;

    private readonly Packer _train;
    private readonly TrainingOptions _options;
    private readonly Packer _validation;

    /// <param name="train">Texts to learn from.</param>
    /// <param name="validation">Held-out texts.</param>
    /// <param name="options">Gives the batch size, the row lengths and the seed.</param>
    public NextTokenObjective(IReadOnlyList<Example> train, IReadOnlyList<Example> validation, TrainingOptions options)
    {
        _options = options;
        _train = new Packer(train, options, options.Seed, options.OpenRows);
        _validation = new Packer(validation, options, seed: 0);
    }

    /// <summary>Texts that the first <see cref="TrainingOptions.FirstSteps"/> steps learn from alone. Default: none.</summary>
    public IReadOnlyList<Example> First { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Batches() => First.Count == 0 ? _train.Batches() : FirstBatches().Concat(_train.Batches());

    private IEnumerable<PackedBatch> FirstBatches() =>
        new Packer(First, _options, _options.Seed, _options.OpenRows).Batches().Take(_options.FirstSteps * _options.Accumulation);

    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Validation() => _validation.Batches().Take(ValidationBatches);

    /// <inheritdoc/>
    public int CountLosses(PackedBatch batch) => batch.TargetCount;

    /// <inheritdoc/>
    public double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding) =>
        -NextTokenLoss.LogLikelihoods(tokens.States, unembedding, tokens.Targets).Sum(l => (double)l);

    /// <inheritdoc/>
    public (double Loss, Tensor States, Tensor Unembedding) Gradients(
        PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor)
    {
        using var weights = full([tokens.Places.Length], factor, dtype: ScalarType.Float32, device: tokens.States.device);
        return NextTokenLoss.Gradients(tokens.States, unembedding, tokens.Targets, weights);
    }
}
