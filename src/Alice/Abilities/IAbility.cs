namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Something Alice can do, shown by cases that no training text holds.</summary>
public interface IAbility
{
    /// <summary>Its name in the table: facts, thinking, tools.</summary>
    string Name { get; }

    /// <summary>What its score is compared with.</summary>
    Baseline Baseline { get; }

    /// <summary>The comparison in words: "answered at once". Null without one.</summary>
    string? BaselineName { get; }

    /// <summary>Its cases; the same seed gives the same ones.</summary>
    IReadOnlyList<AbilityCase> Cases(int seed);
}

/// <summary>What an ability's score is compared with.</summary>
public enum Baseline
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The same model, asked each case's <see cref="AbilityCase.Contrast"/>.</summary>
    Contrast,

    /// <summary>The pre-trained model on the same cases.</summary>
    BaseModel,

    /// <summary>The model before preference tuning on the same cases.</summary>
    ChatModel,
}
