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

    /// <summary>Its cases in the wordings of training, or near to them, with new values; the same seed gives the same ones.</summary>
    IReadOnlyList<AbilityCase> Cases(int seed);

    /// <summary>Its cases in wordings of data/exam, which training leaves out; the same seed gives the same ones.</summary>
    IReadOnlyList<AbilityCase> NaturalCases(int seed);

    /// <summary>Whether no wording of training asks for it, so that both kinds of cases are the same. Default false.</summary>
    bool IsNaturalOnly => false;

    /// <summary>What a reader has to know of its figures; null (the default) if nothing.</summary>
    string? Note => null;

    /// <summary>The same asked in other ways, whose shares are published as figures. Default: none.</summary>
    IReadOnlyList<Arm> Arms(int seed) => [];

    /// <summary>The same of the natural cases. Default: none.</summary>
    IReadOnlyList<Arm> NaturalArms(int seed) => [];
}

/// <summary>Cases whose share of right answers is a figure beside a score.</summary>
/// <param name="Name">The figure: "at_400_tokens".</param>
/// <param name="Cases">What is asked; empty where the share is known without asking.</param>
/// <param name="Known">The share that is known without asking, such as that of the answer which is most often right.</param>
public sealed record Arm(string Name, IReadOnlyList<AbilityCase> Cases, double? Known = null);

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
