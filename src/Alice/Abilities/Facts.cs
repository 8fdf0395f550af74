using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Knows the closed world: each question is in a wording that training leaves out.</summary>
internal sealed class Facts : IAbility
{
    private const int Count = 400, Natural = 120, EachLength = 24;

    public string Name => "facts";

    public Baseline Baseline => Baseline.None;

    public string? BaselineName => null;

    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var random = new Random(seed + 7919);
        // By topic, so that a smaller number of cases, spread evenly, still holds all topics.
        return [.. random.Some(All(random), Count).OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => FactExam.Cases(seed, Natural);

    public IReadOnlyList<Arm> NaturalArms(int seed) =>
        [.. MemoryExam.Lengths.Select(tokens => new Arm($"at_{tokens}_tokens", MemoryExam.FarFacts(seed, EachLength, tokens)))];

    /// <summary>Every fact once, general knowledge, and every definition.</summary>
    private static List<AbilityCase> All(Random random)
    {
        var (world, wordings) = (World.Alice, Wordings.All);
        List<AbilityCase> cases =
        [
            .. world.Facts.Where(fact => wordings.Has(fact.HeldOut))
                .Select(fact => Case(fact.Topic, wordings.Ask(fact.HeldOut, fact.Slots, random).Question, fact.Answer)),
            .. Glossary.Trivia.Entries
                .SelectMany(entry => entry.HeldOut.Select(question => Case("trivia", question, Glossary.Trivia.CommonAnswer(entry)))),
            .. Glossary.Definitions.Entries.Select(entry => Case("definition",
                wordings.Expand("definition.held-out", GlossaryChats.SlotsOf(entry), random), Glossary.Definitions.CommonAnswer(entry))),
        ];
        return [.. cases.DistinctBy(test => CorpusBuilder.Normalized(test.Messages[^1].Content))];
    }

    private static AbilityCase Case(string topic, string question, string answer) =>
        new(topic, [new ChatMessage("user", question)], transcript => transcript.Answer.HasWords(answer)) { Wanted = answer };
}
