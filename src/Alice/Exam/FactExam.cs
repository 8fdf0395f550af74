using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Questions about the closed world in people's own words.</summary>
internal static class FactExam
{
    private const string Definition = "definition";
    private const double EnoughOfADefinition = 0.6;
    private const int ShortestTellingWord = 4;
    private static readonly ExamWordings Wordings = ExamWordings.Read("facts");

    private static readonly ILookup<string, Fact> ByTopic = World.Alice.Facts.ToLookup(fact => fact.Topic, StringComparer.Ordinal);

    /// <summary>Every template once, in random order, with a subject each.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select(template => Case(Ask(template, random)))
            .OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    public static AbilityCase Case(ExamQuestion asked) =>
        new(asked.Topic, [new ChatMessage("user", asked.Question)], said => asked.IsRight(said.Answer)) { Wanted = asked.Wanted };

    /// <summary>Any question on the closed world, or one of these topics.</summary>
    public static ExamQuestion Next(Random random, params IReadOnlyList<string> topics) => Ask(
        random.One(topics.Count > 0
            ? Wordings[random.One(topics)]
            : [.. Wordings.All.Where(template => template.Topic != Definition)]), random);

    /// <summary>A template with a subject for which all its slots have values.</summary>
    public static ExamQuestion Ask(ExamWording template, Random random)
    {
        if (template.Topic == Definition)
        {
            var entry = random.One(Glossary.Definitions.Entries);
            var common = Glossary.Definitions.CommonAnswer(entry);
            return new ExamQuestion(
                Definition, template.Fill(GlossaryChats.SlotsOf(entry), random), common, answer => Defines(answer, common), null);
        }
        var fact = random.One([.. ByTopic[template.Topic].Where(fact => template.SlotNames.All(slot => fact.Slots[slot].Length > 0))]);
        return Of(fact, template.Fill(fact.Slots, random));
    }

    /// <summary>A question on a fact, whatever its words.</summary>
    public static ExamQuestion Of(Fact fact, string question) =>
        new(fact.Topic, question, fact.Answer, answer => IsRight(fact, answer), fact);

    /// <summary>What the world has to say on a topic of a subject; null if nothing.</summary>
    public static Fact? Find(string topic, string subject) => ByTopic[topic].FirstOrDefault(fact => fact.Subject == subject);

    public static IReadOnlyList<Fact> Facts(string topic) => [.. ByTopic[topic]];

    /// <summary>Whether an answer holds what the world says of the subject, in one place or another.</summary>
    public static bool IsRight(Fact fact, string answer) =>
        ByTopic[fact.Topic].Where(other => other.Subject == fact.Subject).Any(other => Holds(answer, other.Answer))
            || (fact.Topic == "word.opposite" && IsOpposite(fact.Subject, answer));

    // Heavy is the opposite of light where light is that of heavy.
    private static bool IsOpposite(string word, string answer) =>
        ByTopic["word.opposite"].Any(other => other.Answer == word && answer.HasWords(other.Subject));

    private static bool Holds(string answer, string value)
    {
        if (value == "no") return answer.HasAny("no", "none", "not", "zero", "0", "without");
        var numbers = value.Numbers();
        if (numbers.Count == 1 && Answers.ContentWords(value).Count() <= numbers[0].ToString().Length + 2)
            return answer.Numbers().Contains(numbers[0]) || answer.HasContent(value);
        if (value.StartsWith("by ", StringComparison.Ordinal))
            return answer.HasContent(value) || Moves(value[3..]).Any(answer.HasWords);
        return answer.HasContent(value);
    }

    // flying: fly, flies; hopping: hop, hops; climbing: climb, climbs.
    private static IEnumerable<string> Moves(string move)
    {
        var stem = move[..^3];
        if (stem.Length > 3 && stem[^1] == stem[^2]) stem = stem[..^1];
        return [stem, stem + "s", (stem[^1] == 'y' ? stem[..^1] + "ie" : stem) + "s"];
    }

    private static bool Defines(string answer, string common)
    {
        var telling = Answers.ContentWords(common).Where(word => word.Length >= ShortestTellingWord).ToList();
        return telling.Count(answer.HasWords) >= EnoughOfADefinition * telling.Count;
    }
}

/// <summary>A question of the exam and how its answer is judged.</summary>
/// <param name="Topic">The relation.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Wanted">What the world says.</param>
/// <param name="IsRight">Whether an answer holds it.</param>
/// <param name="Fact">The fact; null for a definition.</param>
internal sealed record ExamQuestion(string Topic, string Question, string Wanted, Func<string, bool> IsRight, Fact? Fact);
