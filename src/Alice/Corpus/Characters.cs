namespace LlmRabbitHoles.Alice;

/// <summary>People of stories and examples. None has the name of somebody in the closed world.</summary>
internal static class Characters
{
    private static readonly WordLists Lists = WordLists.Read("people");
    public static readonly string[] Boys = Lists["boys"];
    public static readonly string[] Girls = Lists["girls"];
    private static readonly string[] Countable = Lists["countable"];

    /// <summary>A child as {hero} with {he}, {his}, {him}, and some {things}, added to the slots.</summary>
    public static Slots Child(Random random, Slots slots)
    {
        AddChild(random, slots, "hero", "", Boys, Girls);
        slots["things"] = random.One(Countable);
        return slots;
    }

    /// <summary>Adds a child under a name; the prefix stands before {he}, {his}, {him}, {child}.</summary>
    public static void AddChild(Random random, Slots slots, string name, string prefix, string[] boys, string[] girls)
    {
        var boy = random.Chance(0.5);
        string child;
        do
            child = random.One(boy ? boys : girls);
        while (slots.ContainsValue(child));
        slots[name] = child;
        (slots[prefix + "he"], slots[prefix + "his"], slots[prefix + "him"], slots[prefix + "child"]) =
            boy ? ("he", "his", "him", "boy") : ("she", "her", "her", "girl");
    }
}
