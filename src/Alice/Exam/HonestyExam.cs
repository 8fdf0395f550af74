using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>What she cannot know, in people's own words, and every fifth time what she knows.</summary>
internal static class HonestyExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("honesty");

    /// <summary>Every template in turn.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        using var templates = random.Cycle([.. Wordings.All]).GetEnumerator();
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            if (index % 5 == 0) return FactExam.Case(FactExam.Next(random)) with { Topic = "known" };
            templates.MoveNext();
            var template = templates.Current;
            return new AbilityCase(
                template.Topic == "unknowable" ? "cannot be known" : $"unknown {template.Topic}",
                [new ChatMessage("user", template.Fill(Strangers(random), random))], said => said.Answer.Declines())
            {
                Wanted = Unknowns.Answer,
            };
        })];
    }

    private static Slots Strangers(Random random)
    {
        var country = random.Chance(0.5) ? random.One(ExamValues.StrangeCountries) : Invented.Stranger(random, heldOut: true) + "stan";
        return new Slots
        {
            ["country"] = country, ["where"] = country, ["person"] = random.One(ExamValues.Names), ["who"] = random.One(ExamValues.Names),
            ["animal"] = random.One(ExamValues.StrangeAnimals), ["thing"] = random.One(ExamValues.StrangeThings),
        };
    }
}
