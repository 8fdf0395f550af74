namespace LlmRabbitHoles.Alice;

/// <summary>What a training run makes of what.</summary>
public enum TrainingPhase
{
    /// <summary>From random weights: to continue plain text.</summary>
    Base,

    /// <summary>From a base model: to answer in chats. Ouyang et al. 2022, arXiv:2203.02155, step 1.</summary>
    Sft,

    /// <summary>From a chat model: to prefer the better of two answers. Rafailov et al. 2023, arXiv:2305.18290.</summary>
    Dpo,

    /// <summary>From random weights: a much smaller model with the tokenizer of another one, which learns that one's probabilities on
    /// plain text and chats, to guess what it will say. Leviathan et al. 2022, arXiv:2211.17192; Zhou et al. 2023,
    /// arXiv:2310.08461.</summary>
    Draft,
}

/// <summary>What follows from a phase.</summary>
public static class TrainingPhases
{
    /// <summary>The model of the family that the phase makes.</summary>
    public static string Model(this TrainingPhase phase) => phase switch
    {
        TrainingPhase.Base => "alice-base",
        TrainingPhase.Sft => "alice-chat",
        TrainingPhase.Dpo => "alice",
        TrainingPhase.Draft => "alice-draft",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase of training."),
    };

    /// <summary>
    /// The model of the family that the phase starts from, or whose tokenizer it takes; <see langword="null"/> if the phase needs no model.
    /// </summary>
    public static string? StartsFrom(this TrainingPhase phase) => phase switch
    {
        TrainingPhase.Base => null,
        TrainingPhase.Dpo => "alice-chat",
        TrainingPhase.Draft => "alice",
        _ => "alice-base",
    };
}
