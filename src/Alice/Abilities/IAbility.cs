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
