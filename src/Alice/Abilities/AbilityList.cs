namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>All abilities that are shown by conversations.</summary>
public static class AbilityList
{
    /// <summary>Those that show what she knows and does.</summary>
    private static readonly IReadOnlyList<IAbility> _shown =
    [
        new Facts(),
        new Thinking(), new ToolUse(), new Planning(), new Injection(),
        new Remembering(), new Forgetting(), new Skills(), new Structure(), new Honesty(), new LetterCounting(),
        .. NaturalAbility.All,
    ];

    /// <summary>All, stopping last, whose cases are those of the others.</summary>
    public static IReadOnlyList<IAbility> All { get; } = [.. _shown, new Stopping(_shown)];
}
