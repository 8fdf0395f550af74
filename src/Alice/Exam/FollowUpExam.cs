using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Second questions that lean on the first: another subject, a pronoun, a mended name, a further sum.</summary>
internal static class FollowUpExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("follow-ups"), Sums = ExamWordings.Read("thinking");

    private static readonly string[] Relations =
    [
        "country.capital", "country.language", "country.currency", "country.continent", "animal.sound", "animal.baby", "animal.food",
        "coloured.colour", "word.opposite",
    ];

    private static readonly string[] OfPeople = ["person.age", "person.job", "person.city"];

    /// <summary>Every template in turn.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select(template => Case(template, random))
            .OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    private static AbilityCase Case(ExamWording template, Random random) => template.Topic.Split('.')[0] switch
    {
        "pronoun" => Pronoun(template, random),
        "number" => Number(template, random),
        var kind => Another(template, kind, random),
    };

    private static AbilityCase Another(ExamWording template, string kind, Random random)
    {
        var topic = random.One(kind == "meant" && random.Chance(0.5) ? OfPeople : Relations);
        var asked = FactExam.Next(random, topic);
        Fact next;
        do
            next = random.One(FactExam.Facts(topic));
        while (next.Subject == asked.Fact!.Subject || next.Answer == asked.Fact.Answer);
        var subject = topic.StartsWith("animal.", StringComparison.Ordinal) ? English.WithArticle(next.Subject)
            : topic == "word.opposite" ? $"“{next.Subject}”" : next.Subject;
        var question = template.Fill(new Slots { ["subject"] = subject }, random);
        return Judged(kind == "meant" ? "mended name" : "another subject", asked, question, next, random);
    }

    private static AbilityCase Pronoun(ExamWording template, Random random)
    {
        var topic = template.Topic["pronoun.".Length..];
        var kind = topic.Split('.')[0];
        string[] others = [.. World.Alice.Facts.Select(fact => fact.Topic).Distinct()
            .Where(other => other != topic && other.StartsWith(kind + ".", StringComparison.Ordinal) && HasQuestions(other))];
        while (true)
        {
            var asked = FactExam.Next(random, random.One(others));
            if (FactExam.Find(topic, asked.Fact!.Subject) is not { } next || next.Answer == asked.Fact.Answer) continue;
            return Judged("pronoun", asked, template.Fill(next.Slots, random), next, random);
        }
    }

    private static bool HasQuestions(string topic) => ExamWordings.Read("facts").Has(topic);

    private static AbilityCase Judged(string topic, ExamQuestion asked, string question, Fact next, Random random)
    {
        ChatMessage[] messages =
        [
            new("user", asked.Question), new("assistant", World.Alice.StatementOf(asked.Fact!, Alice.Wordings.All, random)),
            new("user", question),
        ];
        return new AbilityCase(topic, messages, said => FactExam.IsRight(next, said.Answer)) { Wanted = next.Answer };
    }

    private static AbilityCase Number(ExamWording template, Random random)
    {
        while (true)
        {
            var (question, operands, first) = SumExam.Ask(random.One(Sums["sum"]), random);
            var b = random.Next(2, 30);
            var result = template.Topic switch { "number.plus" => first + b, "number.minus" => first - b, _ => 2 * first };
            if (result is < 0 or > 999) continue;
            ChatMessage[] messages =
            [
                new("user", question), new("assistant", $"{operands[0]} + {operands[1]} = {first}."),
                new("user", template.Fill(new Slots { ["b"] = $"{b}" }, random)),
            ];
            return new AbilityCase("further sum", messages, said => said.Answer.GivesResult(result, first, b, 2)) { Wanted = $"{result}" };
        }
    }
}
