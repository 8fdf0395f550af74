namespace LlmRabbitHoles.Training;

/// <summary>How long, how fast and on how much text at once a model learns.</summary>
public sealed record TrainingOptions
{
    /// <summary>The number of optimizer steps. Default 1,000.</summary>
    public int Steps { get; init => field = Positive(value, nameof(Steps)); } = 1000;

    /// <summary>How many steps at the start learn from <see cref="NextTokenObjective.First"/> alone, if it has texts. Default 0.</summary>
    public int FirstSteps { get; init; }

    /// <summary>The batch size: rows per forward pass. Default 16.</summary>
    public int Rows { get; init => field = Positive(value, nameof(Rows)); } = 16;

    /// <summary>Forward passes per step. Their gradients are added. Default 1.</summary>
    public int Accumulation { get; init => field = Positive(value, nameof(Accumulation)); } = 1;

    /// <summary>Tokens per row. Default 256.</summary>
    public int Time { get; init => field = Positive(value, nameof(Time)); } = 256;

    /// <summary>Tokens per row for texts longer than <see cref="Time"/>. A batch has fewer of these rows.
    /// Default 0: these texts are split.</summary>
    public int LongTime { get; init; }

    /// <summary>Preference pairs per step in preference tuning. Default 16.</summary>
    public int Pairs { get; init => field = Positive(value, nameof(Pairs)); } = 16;

    /// <summary>How closely preference tuning stays at the model that it started from. Default 0.1.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>The weight of the chosen answers' next-token loss in preference tuning. It keeps them from becoming less likely
    /// together with the rejected answers. Default 0.</summary>
    public double Anchor { get; init; }

    /// <summary>Share of rows whose texts attend to each other. In other rows a token attends to its own text only. Default 0.</summary>
    public double OpenRows { get; init; }

    /// <summary>The highest learning rate. Default 3e-3.</summary>
    public double PeakLearningRate { get; init; } = 3e-3;

    /// <summary>The learning rate of embeddings and gains as a share of the rate of matrices. With a share below 1 a later phase keeps the
    /// embedding space of the earlier one. Default 1.</summary>
    public double EmbeddingShare { get; init; } = 1;

    /// <summary>Steps until the learning rate reaches its peak. Default 100.</summary>
    public int WarmUpSteps { get; init => field = Positive(value, nameof(WarmUpSteps)); } = 100;

    /// <summary>The share of the steps after the warm-up that keep the highest rate before it falls. Default 0.</summary>
    public double SteadyShare
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(SteadyShare), value, "SteadyShare must be 0 or more and less than 1: the rate must fall in the end.");
    }

    /// <summary>The norm to which the gradient of a step is clipped. Default 1.</summary>
    /// <remarks>Pascanu et al. 2012, arXiv:1211.5063.</remarks>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Decides the initial weights and the order of texts. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Time between two checkpoints. A killed run loses at most this much. Default 2 minutes.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Steps between two measurements of the held-out loss. Default 200.</summary>
    public int ValidateEvery { get; init => field = Positive(value, nameof(ValidateEvery)); } = 200;

    /// <summary>Threads on a CPU. Each one computes the gradients of a part of a step's rows. Default: the number of cores.</summary>
    public int Workers { get; init => field = Positive(value, nameof(Workers)); } = Environment.ProcessorCount;

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");
}
