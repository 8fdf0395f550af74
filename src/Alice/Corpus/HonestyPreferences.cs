using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Saying that she does not know is better than making something up, and saying what she knows is better than hiding it.</summary>
internal sealed class HonestyPreferences(World world, Wordings wordings) : IPreferenceSource
{
    private readonly Unknowns _unknowns = new(world, wordings);
    private readonly FactChats _facts = new(world, wordings);
    private readonly Recollections _recollections = new(world, wordings);

    public string Part => "honesty";

    public IEnumerable<Preference> Generate(Random random)
    {
        using var facts = random.Cycle(world.Lessons).GetEnumerator();
        while (facts.MoveNext())
        {
            yield return random.Next(20) switch
            {
                < 10 => MadeUp(random),
                < 17 => Known(facts.Current, random),
                _ => Remembered(random),
            };
        }
    }

    private Preference MadeUp(Random random)
    {
        var (kind, subject) = _unknowns.Stranger(random, heldOut: false);
        var (question, answer) = _unknowns.MadeUp(kind, subject, random);
        return new Preference(Prompt(Casual.Vary(question, random), random), Unknowns.Answer, answer);
    }

    private Preference Known(Fact fact, Random random)
    {
        var (question, answer) = _facts.Ask(fact, random);
        return new Preference(Prompt(question, random), answer, Unknowns.Answer);
    }

    private Preference Remembered(Random random)
    {
        var recollection = _recollections.Next(random, heldOut: false);
        return random.Chance(0.35)
            ? new Preference(recollection.Prompt(forgotten: true), Recollection.NotTold, recollection.Answer)
            : new Preference(recollection.Prompt(forgotten: false), recollection.Answer, Recollection.NotTold);
    }

    private List<ChatMessage> Prompt(string question, Random random)
    {
        var messages = new List<ChatMessage>();
        if (random.Chance(0.25))
            messages.Add(new ChatMessage("system", wordings.Expand("system", [], random)));
        messages.Add(new ChatMessage("user", question));
        return messages;
    }
}
