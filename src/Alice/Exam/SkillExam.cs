using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Instructions in people's own words: in the system prompt or in the message, one, two or none.</summary>
internal static class SkillExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("skills");

    private static readonly Dictionary<string, Skill> Skills = new(StringComparer.Ordinal)
    {
        ["capitals"] = Skill.Capitals, ["one-word"] = Skill.OneWord, ["quotes"] = Skill.Quotes, ["begin"] = Skill.Begin,
        ["end"] = Skill.End, ["pirate"] = Skill.Pirate, ["robot"] = Skill.Robot, ["butler"] = Skill.Butler, ["words"] = Skill.Words,
        ["figures"] = Skill.Figures, ["dashes"] = Skill.Dashes,
    };

    private static readonly (string, string)[] Pairs =
    [
        ("capitals", "begin"), ("capitals", "end"), ("quotes", "capitals"), ("one-word", "capitals"), ("pirate", "end"), ("robot", "end"),
        ("butler", "begin"), ("begin", "end"), ("words", "begin"), ("figures", "pirate"), ("one-word", "quotes"), ("words", "end"),
    ];

    /// <summary>Every instruction in turn; of five cases one has two, and one of twelve has none.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        using var templates = random.Cycle([.. Wordings.All.Where(template => template.Topic.Contains('.'))]).GetEnumerator();
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            if (index % 12 == 11) return Case("no instruction", [], [], random);
            if (index % 5 == 4) return Two(random);
            templates.MoveNext();
            var (skill, place) = (templates.Current.Topic.Split('.')[0], templates.Current.Topic.Split('.')[1]);
            return Case(place == "system" ? "in the system prompt" : "in the message", [skill], [templates.Current], random);
        })];
    }

    private static AbilityCase Two(Random random)
    {
        var (one, other) = random.One(Pairs);
        return Case(
            "two instructions", [one, other], [random.One(Wordings[$"{one}.system"]), random.One(Wordings[$"{other}.system"])], random);
    }

    private static AbilityCase Case(string topic, IReadOnlyList<string> names, IReadOnlyList<ExamWording> said, Random random)
    {
        Skill[] skills = [.. names.Select(name => Skills[name])];
        var slots = new Slots { ["begin"] = random.One(ExamValues.Begins), ["end"] = random.One(ExamValues.Ends) };
        var (question, key) = Question(skills, random);
        slots["question"] = question;
        var system = string.Join(' ', said.Where(IsSystem).Select(template => template.Fill(slots, random)).Select(Ended));
        var message = said.FirstOrDefault(template => !IsSystem(template))?.Fill(slots, random) ?? question;
        var task = new SkillTask(
            skills, system, message, "", key, names.Contains("begin") ? slots["begin"] : "", names.Contains("end") ? slots["end"] : "");
        ChatMessage[] messages = [new("user", message)];
        return new AbilityCase(
            topic, system.Length > 0 ? [new ChatMessage("system", system), .. messages] : messages, answer => task.IsRight(answer.Answer))
        {
            Wanted = $"{string.Join(", ", key)} ({string.Join(", ", names)})",
        };
    }

    private static bool IsSystem(ExamWording template) => template.Topic.EndsWith(".system", StringComparison.Ordinal);

    private static string Ended(string text) => char.IsLetterOrDigit(text[^1]) ? text + "." : text;

    private static (string Question, string[] Key) Question(IReadOnlyCollection<Skill> skills, Random random)
    {
        if (skills.Contains(Skill.Dashes))
        {
            var packed = random.Some(ExamValues.Packed, random.Next(2, 4));
            var slots = new Slots { ["name"] = random.One(ExamValues.Names), ["list"] = English.List(packed) };
            return (random.One(Wordings["list"]).Fill(slots, random), [.. packed.Select(item => item.Split(' ')[1])]);
        }
        if (skills.Contains(Skill.Words) || skills.Contains(Skill.Figures))
        {
            var (count, isAskedInWords) = (random.Next(2, 21), skills.Contains(Skill.Figures));
            var slots = new Slots
            {
                ["name"] = random.One(ExamValues.Names), ["things"] = random.One(ExamValues.Things),
                ["number"] = isAskedInWords ? English.Number(count) : $"{count}",
            };
            return (random.One(Wordings["count"]).Fill(slots, random), [isAskedInWords ? $"{count}" : English.Number(count)]);
        }
        while (true)
        {
            var asked = FactExam.Next(random, "country.capital", "animal.sound", "coloured.colour", "word.opposite");
            if (!asked.Wanted.Contains(' ') && asked.Wanted != "no" && asked.Question.Any(char.IsLower)
                && World.Alice.Facts.Count(fact => fact.Topic == asked.Topic && fact.Subject == asked.Fact!.Subject) == 1)
                return (asked.Question, [asked.Wanted]);
        }
    }
}
