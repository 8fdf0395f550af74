namespace LlmRabbitHoles.Alice;

/// <summary>Makes questions under instructions, and composes the right answers.</summary>
internal sealed partial class SkillTasks(World world, Wordings wordings)
{
    private static readonly WordLists Lists = WordLists.Read("skills");

    /// <summary>Pairs that training never combines; the evaluation does.</summary>
    public static readonly (Skill, Skill)[] HeldOutPairs =
    [
        (Skill.Capitals, Skill.Butler), (Skill.OneWord, Skill.End), (Skill.Pirate, Skill.Words), (Skill.Quotes, Skill.Robot),
        (Skill.Begin, Skill.Centimetres), (Skill.Quotes, Skill.Pirate), (Skill.Begin, Skill.Dashes), (Skill.Sentence, Skill.Robot),
        (Skill.Minutes, Skill.Butler), (Skill.End, Skill.Figures), (Skill.OneWord, Skill.Begin), (Skill.Grams, Skill.Robot),
    ];

    private static readonly string[] Topics =
        ["country.capital", "animal.sound", "animal.class", "thing.colour", "thing.material", "coloured.colour", "animal.legs"];
    private static readonly string[] Short = ["world", "told", "count"];
    private static readonly string[] Begins = Lists["begins"];
    private static readonly string[] Ends = Lists["ends"];
    private static readonly string[] Speakers = Lists["speakers"];
    private static readonly string[] Titles = Lists["titles"];
    private static readonly string[] Cries = Lists["cries"];
    private static readonly string[] Long = Lists["long"];
    private static readonly string[] Heavy = Lists["heavy"];
    private static readonly string[] Lasting = Lists["lasting"];
    private static readonly string[] Having = Lists["having"];
    private static readonly string[] Who = Lists["who"];

    private static readonly Skill[] Practised =
        [Skill.Small, Skill.Stars, Skill.Brackets, Skill.Twice, Skill.Speaker, Skill.Courtier, Skill.Greet, Skill.Sign];

    // Akin to pairs that are held out, and often practised together.
    private static readonly Skill[][] Akin =
    [
        [Skill.Capitals, Skill.Courtier], [Skill.Capitals, Skill.Courtier],
        [Skill.OneWord, Skill.Sign], [Skill.OneWord, Skill.Greet], [Skill.OneWord, Skill.Speaker],
    ];

    private static readonly Skill[] Roles = [Skill.Pirate, Skill.Robot, Skill.Butler, Skill.Speaker, Skill.Courtier];
    private static readonly Skill[] Openers = [Skill.Pirate, Skill.Robot, Skill.Speaker, Skill.Begin, Skill.Greet];
    private static readonly Skill[] Closers = [Skill.End, Skill.Sign];
    private static readonly Skill[] Wrappers = [Skill.Quotes, Skill.Stars, Skill.Brackets];

    // How each skill changes an answer, from its last word to the whole.
    private static readonly (Skill Skill, Func<string, string, Slots, string> Form)[] Forms =
    [
        (Skill.Butler, (answer, _, _) => $"{answer[..^1]}, my lord."),
        (Skill.Courtier, (answer, _, said) => $"{answer[..^1]}, {said["title"]}."),
        (Skill.Quotes, (answer, _, _) => $"\"{answer}\""),
        (Skill.Stars, (answer, _, _) => $"*{answer}*"),
        (Skill.Brackets, (answer, _, _) => $"({answer})"),
        (Skill.Twice, (answer, _, _) => $"{answer} {answer}"),
        (Skill.Pirate, (answer, gap, _) => $"Arr!{gap}{answer}"),
        (Skill.Robot, (answer, gap, _) => $"Beep.{gap}{answer}"),
        (Skill.Speaker, (answer, gap, said) => $"{said["cry"]}{gap}{answer}"),
        (Skill.Greet, (answer, gap, said) => $"{said["greeting"]}{gap}{answer}"),
        (Skill.Sign, (answer, gap, said) => $"{answer}{gap}{said["sign"]}"),
        (Skill.Begin, (answer, gap, said) => $"{said["begin"]}{gap}{answer}"),
        (Skill.End, (answer, gap, said) => $"{answer}{gap}{said["end"]}"),
        (Skill.Capitals, (answer, _, _) => answer.ToUpperInvariant()),
        (Skill.Small, (answer, _, _) => answer.ToLowerInvariant()),
    ];

    private readonly Fact[] _known = [.. world.Facts.Where(fact => Topics.Contains(fact.Topic) && !fact.Answer.Contains("coins"))];

    /// <summary>Whether training leaves this combination out.</summary>
    public static bool IsHeldOut(IReadOnlyCollection<Skill> skills) =>
        HeldOutPairs.Any(pair => skills.Contains(pair.Item1) && skills.Contains(pair.Item2));

    /// <summary>A few questions under the same system message.</summary>
    /// <param name="count">How many questions.</param>
    /// <param name="random">Draws.</param>
    /// <param name="skills">Whether training uses the combination of skills or leaves it out.</param>
    /// <param name="names">Whether training uses the names and numbers or leaves them out.</param>
    public IReadOnlyList<SkillTask> Next(int count, Random random, Split skills, Split names)
    {
        var setting = Draw(random, skills, names);
        return [.. Enumerable.Range(0, count).Select(_ => Task(setting, random, heldOut: names == Split.HeldOut))];
    }

    /// <summary>A question that one word answers.</summary>
    public SkillTask NextInOneWord(Random random) => Task(new Setting(random.One(Short), [Skill.OneWord], [], ""), random, heldOut: false);

    /// <summary>
    /// A question under instructions that training combines, its right answer, and one that overlooks an instruction or answers another
    /// question.
    /// </summary>
    public (SkillTask Right, string Wrong) NextMisread(Random random)
    {
        while (true)
        {
            var setting = Draw(random, Split.Trained, Split.Trained);
            if (setting.Skills.Count == 0)
                continue;
            var (asked, other) = (random.Next(), random.Next());
            var right = Task(setting, new Random(asked), heldOut: false);
            var wrong = random.Chance(0.6)
                ? Task(
                    setting with { Skills = [.. setting.Skills.Except([random.One(setting.Skills)])] }, new Random(asked), heldOut: false)
                : Task(setting, new Random(other), heldOut: false);
            if (wrong.Answer != right.Answer)
                return (right, wrong.Answer);
        }
    }

    private Setting Draw(Random random, Split skills, Split names)
    {
        var isTrained = names == Split.Trained;
        while (true)
        {
            var kind = isTrained && random.Chance(0.4) ? random.One(Short) : Kind(random);
            var combined = Skills(kind, atMost: isTrained ? 5 : 3, training: isTrained, random);
            if (IsHeldOut(combined) != (skills == Split.HeldOut))
                continue;
            var said = !isTrained
                ? new Slots { ["begin"] = random.One(Begins), ["end"] = random.One(Ends) }
                : Said(random);
            return new Setting(kind, combined, said, System(combined, said, random, isTrained));
        }
    }

    // The words of all instructions that have words of their own.
    private static Slots Said(Random random) => new()
    {
        ["begin"] = Phrase(Begins, random), ["greeting"] = Phrase(Begins, random), ["end"] = Phrase(Ends, random),
        ["sign"] = Phrase(Ends, random),
        ["role"] = random.One(Speakers), ["cry"] = Phrase(Cries, random), ["title"] = Title(random),
    };

    // Half of what training begins and ends with is any words, so that it is read and not known.
    private static string Phrase(string[] usual, Random random) => random.Chance(0.5)
        ? random.One(usual)
        : English.Capitalized(string.Join(' ', random.Some(Letters.Words, random.Next(1, 4)))) + random.One(["!", ".", ",", ":"]);

    private static string Title(Random random) => random.Chance(0.15)
        ? random.One(Titles)
        : $"{random.One(["my", "my", "my", "dear", "old", "good", "great", "your"])} {random.One(Letters.Words)}";

    private static string Kind(Random random) => random.Next(10) switch
    {
        < 3 => "world",
        3 => "told",
        4 or 5 => "count",
        6 => "length",
        7 => "weight",
        8 => "time",
        _ => "list",
    };

    private static List<Skill> Skills(string kind, int atMost, bool training, Random random)
    {
        var skills = new List<Skill>();
        if (random.Chance(0.12))
            return skills;
        if (random.Chance(0.75))
        {
            switch (kind)
            {
                case "count": skills.Add(random.Chance(0.5) ? Skill.Words : Skill.Figures); break;
                case "length": skills.Add(random.Chance(0.5) ? Skill.Centimetres : Skill.Metres); break;
                case "weight": skills.Add(random.Chance(0.5) ? Skill.Grams : Skill.Kilograms); break;
                case "time": skills.Add(random.Chance(0.5) ? Skill.Minutes : Skill.Hours); break;
                case "list": skills.Add(Skill.Dashes); break;
            }
        }

        var wanted = random.Next(1, atMost + 1);
        List<Skill> open = [Skill.Capitals, Skill.Quotes, Skill.Begin, Skill.End, Skill.Pirate, Skill.Robot, Skill.Butler];
        if (Short.Contains(kind))
            open.AddRange([Skill.OneWord, Skill.OneWord, Skill.Sentence]);
        if (training)
            open.AddRange([Skill.Capitals, .. open.Where(skill => skill == Skill.OneWord), .. random.Chance(0.6) ? Practised : []]);
        Skill[] akin = training && random.Chance(0.35) ? random.One(Akin) : [];
        if (!akin.Contains(Skill.OneWord) || Short.Contains(kind))
            foreach (var skill in akin) AddFitting(skill);
        foreach (var skill in random.Shuffled(open))
        {
            if (skills.Count < wanted) AddFitting(skill);
        }

        return skills;

        void AddFitting(Skill skill)
        {
            if (!skills.Any(other => Excludes(skill, other) || Excludes(other, skill))) skills.Add(skill);
        }
    }

    private static bool Excludes(Skill one, Skill other) => one == other
        || (Roles.Contains(one) && Roles.Contains(other))
        || (Openers.Contains(one) && Openers.Contains(other))
        || (Closers.Contains(one) && Closers.Contains(other))
        || (Wrappers.Contains(one) && Wrappers.Contains(other))
        || (one, other) is (Skill.OneWord, Skill.Sentence or Skill.Butler or Skill.Courtier)
            or (Skill.Dashes, Skill.Butler or Skill.Courtier or Skill.Quotes or Skill.Stars or Skill.Brackets)
            or (Skill.Dashes, Skill.Twice or Skill.Capitals)
            or (Skill.Small, Skill.Capitals);

    private string System(List<Skill> skills, Slots slots, Random random, bool composed = true)
    {
        if (skills.Count == 0)
            return random.Chance(0.5) ? wordings.Expand("system", [], random) : wordings.Expand("skill.start", [], random);
        var sentences = random.Shuffled(skills)
            .OrderByDescending(Roles.Contains)
            .Select(skill => composed ? Sentence(skill, slots, random) : wordings.Expand($"skill.{skill}", slots, random)).ToList();
        if (!skills.Any(Roles.Contains) && random.Chance(0.4))
            sentences.Insert(0, wordings.Expand("skill.start", [], random));
        return string.Join(' ', sentences);
    }

    private SkillTask Task(Setting setting, Random random, bool heldOut)
    {
        var (kind, skills, said, system) = setting;
        var (question, sentence, word, key) = kind switch
        {
            "world" => World(random, heldOut),
            "list" => List(skills, random, heldOut),
            "told" when !heldOut && random.Chance(0.6) => ToldOfMany(skills, random),
            "told" => Told(random, heldOut),
            "count" => Count(skills, random, heldOut),
            _ => Measure(kind, skills, random, heldOut),
        };
        var answer = skills.Contains(Skill.OneWord) ? English.Capitalized(word) + "." : sentence;
        if (skills.Contains(Skill.Dashes))
            answer = string.Join('\n', key.Select(item => $"- {item}"));
        var gap = skills.Contains(Skill.Dashes) ? "\n" : " ";
        foreach (var (_, form) in Forms.Where(form => skills.Contains(form.Skill)))
            answer = form(answer, gap, said);
        return new SkillTask(
            skills, system, question, answer, key, skills.Contains(Skill.Begin) ? said["begin"] : "",
            skills.Contains(Skill.End) ? said["end"] : "");
    }

    private (string Question, string Sentence, string Word, string[] Key) World(Random random, bool heldOut)
    {
        while (true)
        {
            var fact = random.One(_known);
            var (question, answer) = wordings.Ask(fact.Question, world.SlotsOf(fact, random), random);
            var word = fact.Answer.Split(' ')[^1];
            if (HeldOut.Is(question) == heldOut && answer.Contains(' ') && answer.Contains(fact.Answer, StringComparison.OrdinalIgnoreCase)
                && !question.Contains(fact.Answer, StringComparison.OrdinalIgnoreCase)
                && !answer.StartsWith("Yes", StringComparison.Ordinal)
                && !answer.StartsWith("No,", StringComparison.Ordinal)
                && !question.Contains("word", StringComparison.Ordinal) && fact.Answer.Split(' ').Length < 3
                && !(fact.Topic == "country.capital" && fact.Answer.Contains(' ')))
                return (question, answer, word, [word]);
        }
    }

    private (string, string, string, string[]) Told(Random random, bool heldOut)
    {
        var name = Invented.Stranger(random, heldOut);
        var (question, sentence) = wordings.Ask("skill.told", new Slots { ["name"] = name, ["who"] = random.One(Who) }, random);
        return (question, sentence, name, [name]);
    }

    private (string, string, string, string[]) Count(List<Skill> skills, Random random, bool heldOut)
    {
        var count = random.Next(2, 21);
        var inWords = random.Chance(0.5);
        var slots = Characters.Child(random, []);
        slots["name"] = Invented.Person(random, heldOut);
        slots["number"] = inWords ? English.Number(count) : count.ToString();
        var question = wordings.Ask("skill.count", slots, random).Question;
        if (skills.Contains(Skill.Words) || skills.Contains(Skill.Figures))
            inWords = skills.Contains(Skill.Words);
        var number = inWords ? English.Number(count) : count.ToString();
        return (question, $"{slots["name"]} has {number} {slots["things"]}.", number, [number]);
    }

    private (string, string, string, string[]) List(List<Skill> skills, Random random, bool heldOut)
    {
        var things = random.Some(Having, random.Next(2, 5));
        var slots = new Slots { ["name"] = Invented.Person(random, heldOut), ["list"] = English.List(things) };
        var (question, sentence) = wordings.Ask("skill.list", slots, random);
        string[] bare = [.. things.Select(thing => thing.Split(' ')[1])];
        return (question, sentence, "", skills.Contains(Skill.Dashes) ? things : bare);
    }

    private (string, string, string, string[]) Measure(string kind, List<Skill> skills, Random random, bool heldOut)
    {
        var (things, large, small, factor, largeSkill, smallSkill) = kind switch
        {
            "length" => (Long, "metre", "centimetre", 100, Skill.Metres, Skill.Centimetres),
            "weight" => (Heavy, "kilogram", "gram", 1000, Skill.Kilograms, Skill.Grams),
            _ => (Lasting, "hour", "minute", 60, Skill.Hours, Skill.Minutes),
        };
        var count = random.Next(1, kind == "time" ? 11 : 21);
        var inLarge = random.Chance(0.5);
        string Measured(bool isLarge) => isLarge ? Plural(count, large) : Plural(count * factor, small);
        var slots =
            new Slots { ["thing"] = random.One(things), ["name"] = Invented.Person(random, heldOut), ["measure"] = Measured(inLarge) };
        var state = random.Next();
        var question = wordings.Ask($"skill.{kind}", slots, new Random(state)).Question;
        slots["measure"] = Measured(skills.Contains(largeSkill) || (inLarge && !skills.Contains(smallSkill)));
        return (question, wordings.Ask($"skill.{kind}", slots, new Random(state)).Answer, "", [slots["measure"]]);
    }

    private static string Plural(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")}";

    /// <param name="Kind">What is asked for.</param>
    /// <param name="Skills">The instructions.</param>
    /// <param name="Said">Their words.</param>
    /// <param name="System">The system message that gives them.</param>
    private sealed record Setting(string Kind, List<Skill> Skills, Slots Said, string System);
}
