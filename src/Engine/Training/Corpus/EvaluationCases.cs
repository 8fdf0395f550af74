using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>Makes the evaluation cases: each fact of the world once, in a wording that training leaves out.</summary>
internal static class EvaluationCases
{
    private const int SequenceCases = 120;
    private const int ArithmeticCases = 120;

    public static IReadOnlyList<EvaluationCase> Build(World world, Wordings wordings, int seed)
    {
        var random = new Random(seed + 7919);
        List<EvaluationCase> cases =
        [
            .. world.Facts.Where(fact => wordings.Has(fact.HeldOut)).Select(fact => Case("facts", fact.Topic, wordings.Ask(fact.HeldOut, fact.Slots, random).Question, fact.Answer)),
            .. Glossary.Trivia.Entries.SelectMany(entry => entry.HeldOut.Select(question =>
                Case("facts", entry.Topic, question, Glossary.Trivia.CommonAnswer(entry)))),
            .. Glossary.Definitions.Entries.Select(entry => Case("definitions", entry.Topic,
                wordings.Expand("definition.held-out", GlossaryChats.SlotsOf(entry), random), Glossary.Definitions.CommonAnswer(entry))),
            .. Honesty(world, wordings, random),
            .. Sequences(wordings, random),
            .. Arithmetic(wordings, random),
        ];
        return [.. cases.DistinctBy(test => CorpusBuilder.Normalized(test.Prompt[0].Content))];
    }

    private static EvaluationCase Case(string ability, string topic, string question, params string[] accepted) =>
        new(ability, topic, [new ChatMessage("user", question)], accepted);

    private static IEnumerable<EvaluationCase> Honesty(World world, Wordings wordings, Random random)
    {
        var unknowns = new Unknowns(world, wordings);
        return world.Tables["unknownCountry"].Select(row => row["unknownCountry"]).TakeLast(Unknowns.Held).SelectMany(country =>
            Enumerable.Range(0, 3).Select(_ => Case("honesty", "country.unknown", unknowns.About("country", country, random, "held-out").Question, "do not know")));
    }

    private static IEnumerable<EvaluationCase> Sequences(Wordings wordings, Random random) => Enumerable.Range(0, SequenceCases).Select(index =>
    {
        var slots = SequenceChats.NeighbourSlots(random);
        var (rule, answer) = index % 2 == 0 ? ("sequence.after.held-out", slots["later"]) : ("sequence.before.held-out", slots["earlier"]);
        return Case("counting", rule, wordings.Ask(rule, slots, random).Question, answer);
    });

    private static IEnumerable<EvaluationCase> Arithmetic(Wordings wordings, Random random) => Enumerable.Range(0, ArithmeticCases).Select(_ =>
    {
        var calculation = Calculation.Next(random);
        return Case("arithmetic", "arithmetic", wordings.Ask("arithmetic.held-out", calculation.Slots, random).Question, $"= {calculation.Result}");
    });
}
