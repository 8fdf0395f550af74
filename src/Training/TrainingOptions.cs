namespace LlmRabbitHoles.Training;

/// <summary>The length, rates and batch sizes of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>Optimizer steps in all. Default 1,000.</summary>
    public int Steps { get; init => field = Positive(value, nameof(Steps)); } = 1000;

    /// <summary>Steps at the beginning that learn only a phase's first texts. Default 0.</summary>
    public int FirstSteps { get; init; }

    /// <summary>Rows per forward. Default 16.</summary>
    public int Rows { get; init => field = Positive(value, nameof(Rows)); } = 16;

    /// <summary>Forwards per step; their gradients are added. Default 1.</summary>
    public int Accumulation { get; init => field = Positive(value, nameof(Accumulation)); } = 1;

    /// <summary>Tokens per row. Default 256.</summary>
    public int Time { get; init => field = Positive(value, nameof(Time)); } = 256;

    /// <summary>
    /// Tokens per row for texts that do not fit into <see cref="Time"/>; a batch has fewer such rows. Default 0: such texts are split.
    /// </summary>
    public int LongTime { get; init; }

    /// <summary>Preference pairs per step of preference tuning. Default 16.</summary>
    public int Pairs { get; init => field = Positive(value, nameof(Pairs)); } = 16;

    /// <summary>How strongly preference tuning is pulled back to its first model. Default 0.1.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>
    /// How much preference tuning also learns the chosen answers themselves, so that they do not fade with the rejected ones. Default 0.
    /// </summary>
    public double Anchor { get; init; }

    /// <summary>Share of rows whose texts see each other; in all others a token sees its own text only. Default 0.</summary>
    public double OpenRows { get; init; }

    /// <summary>The highest learning rate. Default 3e-3.</summary>
    public double PeakLearningRate { get; init; } = 3e-3;

    /// <summary>
    /// The share of the rate at which embeddings and gains learn. Below 1 a later phase keeps the
    /// space that an earlier one made. Default 1.
    /// </summary>
    public double EmbeddingShare { get; init; } = 1;

    /// <summary>Steps until it is reached. Default 100.</summary>
    public int WarmUpSteps { get; init => field = Positive(value, nameof(WarmUpSteps)); } = 100;

    /// <summary>The norm to which a step's gradient is clipped. Default 1.</summary>
    /// <remarks>Pascanu et al. 2012, arXiv:1211.5063.</remarks>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Decides first weights and the order of texts. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Time between two checkpoints; a killed run loses at most this much. Default two minutes.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Steps between two measurements on held-out texts. Default 200.</summary>
    public int ValidateEvery { get; init => field = Positive(value, nameof(ValidateEvery)); } = 200;

    /// <summary>Threads on a CPU that each learn from a part of a step's rows. Default: one per core.</summary>
    public int Workers { get; init => field = Positive(value, nameof(Workers)); } = Environment.ProcessorCount;

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");
}
