namespace LlmRabbitHoles.Alice;

/// <summary>Which documents of the corpus are built.</summary>
public enum CorpusPhase
{
    /// <summary>Plain text and chats, mixed: one training run learns both.</summary>
    Mixed,

    /// <summary>Plain text only, for pre-training.</summary>
    Base,

    /// <summary>Chats only, for supervised fine-tuning.</summary>
    Chat,
}

/// <summary>What <see cref="CorpusBuilder"/> builds. The same options always give the same corpus.</summary>
public sealed record CorpusOptions
{
    /// <summary>Seed of every generator. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which documents are built. Default: both kinds.</summary>
    public CorpusPhase Phase { get; init; } = CorpusPhase.Mixed;

    /// <summary>Size of the corpus; 1 is about 40 million characters of plain text and three times as many of chats. Default 1.</summary>
    public double Scale
    {
        get;
        init => field = value is > 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(
            nameof(Scale), value, "Scale must be above 0 and at most 10. Use 1 for the corpus that Alice learns from.");
    } = 1;
}
