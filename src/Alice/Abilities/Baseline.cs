namespace LlmRabbitHoles.Alice.Abilities;

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
