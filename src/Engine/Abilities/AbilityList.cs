namespace LlmRabbitHoles.Abilities;

/// <summary>All abilities that are shown by conversations.</summary>
public static class AbilityList
{
    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<IAbility> All { get; } =
    [
        new Facts(),
        new Thinking(), new ToolUse(), new Planning(), new Injection(),
        new Remembering(), new Forgetting(), new Skills(), new Structure(), new Honesty(), new LetterCounting(),
    ];
}
