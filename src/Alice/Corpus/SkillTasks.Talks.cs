using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Instructions as people give them: in the system message, in the message that asks, or for the rest of the chat until they are
/// lifted. Training only; what is held out in combination stays so however it is said.</summary>
internal sealed partial class SkillTasks
{
    private static readonly (string Open, string Close)[] Marks = [("\"", "\""), ("\"", "\""), ("'", "'"), ("“", "”"), ("‘", "’")];
    private static readonly string[] Askers =
    [
        "what", "whats", "which", "who", "where", "when", "how", "of", "can", "could", "do", "does", "did", "is", "are", "will", "would",
        "may", "in", "to",
    ];

    private readonly MemoryWordings _memories = new(wordings);

    /// <summary>A question that says how it wants to be answered, and its answer.</summary>
    public (string Question, string Answer) Exchange(Random random)
    {
        while (true)
        {
            var setting = Drawn(random);
            if (setting.Skills.Count == 0)
                continue;
            var task = Task(setting, random, heldOut: false);
            return (Once(setting, setting.Skills, Asked(setting, task, random), random), task.Answer);
        }
    }

    /// <summary>The question with one instruction in the same message.</summary>
    public string InMessage(Skill skill, string question, Random random) =>
        Once(new Setting("", [skill], Said(random), ""), [skill], question, random);

    /// <summary>One instruction as a system message gives it.</summary>
    public string InSystem(Skill skill, Random random) => Sentence(skill, Said(random), random);

    /// <summary>A chat in which instructions stand in messages, come and go, or add to those of the system message.</summary>
    public IReadOnlyList<ChatMessage> NextTalk(Random random)
    {
        var setting = Drawn(random);
        var plain = setting with { Skills = [] };
        var talk = new Conversation("");
        var lasting = random.Chance(0.45);
        // Some of the instructions may stand in the system message, the others in the messages.
        List<Skill> always = !lasting && random.Chance(0.3) ? [.. setting.Skills.Take(random.Next(1, 1 + setting.Skills.Count))] : [];
        if (always.Count > 0 || random.Chance(0.4))
            talk.System(System(always, setting.Said, random));
        Questions(plain with { Skills = always }, random.Chance(0.35) ? 1 : 0);
        if (lasting && setting.Skills.Count > 0)
            Lasting();
        else
        {
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var task = Task(setting, random, heldOut: false);
                var added = setting.Skills.Except(always).ToList();
                var question = Asked(setting, task, random);
                talk.Add(added.Count == 0 ? question : Once(setting, added, question, random), task.Answer);
                Questions(plain with { Skills = always }, random.Chance(0.4) ? 1 : 0);
            }
        }

        return talk.Messages.Count > 0 && talk.Messages[^1].Role == "assistant" ? talk.Messages : NextTalk(random);

        void Questions(Setting how, int count)
        {
            for (; count > 0; count--)
            {
                var task = Task(how, random, heldOut: false);
                talk.Add(Asked(how, task, random), task.Answer);
            }
        }

        void Lasting()
        {
            var rule = Instruct("skill.on", setting, setting.Skills, [], random);
            if (random.Chance(0.5))
                talk.Add(rule, wordings.Expand("skill.on.ack", [], random));
            else
            {
                var task = Task(setting, random, heldOut: false);
                talk.Add($"{rule}{(rule[^1] is '.' or '?' or '!' ? "" : ".")} {Asked(setting, task, random)}", task.Answer);
            }

            Questions(setting, random.Next(1, 4));
            if (random.Chance(0.35))
                return;
            if (random.Chance(0.3) && Another(setting, random) is { } next)
            {
                talk.Add(Instruct("skill.instead", next, next.Skills, [], random), wordings.Expand("skill.on.ack", [], random));
                Questions(next, random.Next(1, 3));
                return;
            }

            var lifted = wordings.Expand("skill.off", [], random);
            if (random.Chance(0.5))
                talk.Add(lifted, wordings.Expand("skill.on.ack", [], random));
            else
            {
                var task = Task(plain, random, heldOut: false);
                talk.Add($"{lifted} {Asked(plain, task, random)}", task.Answer);
            }

            Questions(plain, random.Next(1, 3));
        }
    }

    // Most people ask for one thing at a time. What is left of a trained combination is trained.
    private Setting Drawn(Random random)
    {
        var setting = Draw(random, Split.Trained, Split.Trained);
        return setting.Skills.Count > 1 && random.Chance(0.6) ? setting with { Skills = [random.One(setting.Skills)] } : setting;
    }

    // Other instructions for the same kind of question.
    private Setting? Another(Setting setting, Random random) => Enumerable.Range(0, 50).Select(_ => Drawn(random))
        .FirstOrDefault(other => other.Kind == setting.Kind && other.Skills.Count > 0 && !other.Skills.Intersect(setting.Skills).Any());

    // What a system message says in training: the exam's words or composed ones.
    private string Sentence(Skill skill, Slots said, Random random) => random.Chance(0.3)
        ? wordings.Expand($"skill.{skill}", said, random)
        : Instruct("skill.frame", said, [skill], [], random);

    private string Once(Setting setting, List<Skill> skills, string question, Random random) => Instruct(
        random.Chance(0.5) ? "skill.once.before" : "skill.once.after", setting, skills,
        new Slots { ["question"] = Ended(question) }, random);

    /// <summary>The question with a mark at its end, so that more can be said behind it.</summary>
    public static string Ended(string question)
    {
        if (!char.IsLetterOrDigit(question[^1]))
            return question;
        var first = question.Split(' ', '\'')[0].ToLowerInvariant();
        return question + (Askers.Contains(first) ? "?" : ".");
    }

    private string Instruct(string frame, Setting setting, List<Skill> skills, Slots slots, Random random) =>
        Instruct(frame, setting.Said, skills, slots, random);

    private string Instruct(string frame, Slots said, List<Skill> skills, Slots slots, Random random)
    {
        var quoted = new Slots(said);
        var marks = random.One(Marks);
        foreach (var (name, text) in said.Concat([new("arr", "Arr!"), new("beep", "Beep."), new("lord", "my lord")]))
            quoted[name + "-q"] = marks.Open + text + marks.Close;
        string Part(string kind) => string.Join(
            random.One([" and ", " and ", ", and ", " and also "]),
            random.Shuffled(skills).Select(skill => wordings.Expand($"{kind}.{skill}", quoted, random)));
        return wordings.Expand(frame, new Slots(slots) { ["do"] = Part("do"), ["adv"] = Part("adv") }, random);
    }

    // What the world knows may be asked as carelessly as people do; what is told in the question is copied as it stands.
    private static string Asked(Setting setting, SkillTask task, Random random) =>
        setting.Kind == "world" ? Casual.Vary(task.Question, random) : task.Question;

    // Something told and asked for in one message; one word where the answer may need to be one.
    private (string, string, string, string[]) ToldOfMany(List<Skill> skills, Random random)
    {
        while (true)
        {
            var memory = MemoryWordings.Draw(random.One(MemoryKind.All), random);
            var hasCase = memory.Value.Any(char.IsLower) || !memory.Value.Any(char.IsLetter);
            if (memory.Typing != Typing.Usual || !hasCase || memory.Value.Contains('"')
                || (skills.Contains(Skill.OneWord) && memory.Value.Any(c => !char.IsLetterOrDigit(c))))
                continue;
            var (question, sentence) = _memories.Ask(memory, random);
            var told = _memories.Tell(memory, random);
            return ($"{told}{(char.IsLetterOrDigit(told[^1]) ? "." : "")} {question}", sentence, memory.Value, [memory.Value]);
        }
    }
}
