using System.Text.Json;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Tests;

public partial class AbilitySourceTests
{
    private static readonly (World World, Wordings Wordings) Parts = (World.Alice, Wordings.All);

    private static readonly IDocumentSource[] Sources =
    [
        new MemoryChats(Parts.World, Parts.Wordings), new ContextDocuments(Parts.World, Parts.Wordings),
        new SkillChats(Parts.World, Parts.Wordings),
        new RewritingDocuments(Parts.World, Parts.Wordings), new JsonChats(Parts.World, Parts.Wordings),
        new JsonDocuments(Parts.World, Parts.Wordings),
        new LetterChats(Parts.Wordings), new SpellingDocuments(Parts.Wordings), new Unknowns(Parts.World, Parts.Wordings),
        new EchoDocuments(),
        new Inflections(Parts.World, Parts.Wordings), new WorkedDocuments(), new ThinkingChats(Parts.Wordings),
        new CapitalsChats(Parts.World, Parts.Wordings), new LongRecollections(Parts.World, Parts.Wordings),
        new FactChats(Parts.World, Parts.Wordings), new GlossaryChats(Parts.Wordings),
        new SequenceChats(Parts.Wordings), new Dialogues(Parts.Wordings, new Stories(Parts.World, Parts.Wordings)),
    ];

    public static TheoryData<string> Names => [.. Sources.Select(source => source.Part)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSameSeedGivesTheSameWellFormedDocuments(string part)
    {
        var source = Sources.Single(source => source.Part == part);
        var documents = source.Generate(new Random(1)).Take(300).ToArray();
        Assert.Equal(
            documents.Select(document => document.Text), source.Generate(new Random(1)).Take(300).Select(document => document.Text));
        Assert.All(documents, document =>
        {
            Assert.Equal(source.IsChat, document.IsChat);
            Assert.DoesNotMatch(@"\{[A-Za-z][A-Za-z ]*\}|<[a-z.-]+>|\u0001|  ", document.Text);
            if (document.IsChat)
                Assert.Equal("assistant", document.Messages[^1].Role);
        });
    }

    [Fact]
    public void TheAnswerIsToldUnlessItIsForgotten() => Assert.All(Memories(heldOut: false), recollection =>
    {
        Assert.Contains(
            recollection.Turns, turn => turn.Tells && turn.User.Contains(recollection.Value, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            recollection.Prompt(forgotten: true), message => recollection.Turns.Any(turn => turn.Tells && turn.User == message.Content));
        Assert.Contains(recollection.Value, recollection.Answer, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void NoQuestionOfTheEvaluationIsAskedInTraining()
    {
        Assert.All(Memories(heldOut: true), recollection => Assert.True(HeldOut.Is(recollection.Question)
            || recollection.Told.Any(memory => HeldOut.Is(memory.Who) && recollection.Question.Contains(memory.Who))));
        Assert.All(Memories(heldOut: false), recollection => Assert.False(HeldOut.Is(recollection.Question)));
    }

    [Fact]
    public void HeldOutCombinationsOfSkillsAreNeverTrained()
    {
        var tasks = new SkillTasks(Parts.World, Parts.Wordings);
        var random = new Random(1);
        for (var n = 0; n < 1000; n++)
        {
            Assert.False(SkillTasks.IsHeldOut(tasks.Next(1, random, skills: Split.Trained, names: Split.Trained)[0].Skills));
            Assert.True(SkillTasks.IsHeldOut(tasks.Next(1, random, skills: Split.HeldOut, names: Split.HeldOut)[0].Skills));
        }
    }

    [Fact]
    public void EveryComposedAnswerIsRightAndNoOtherSkillsAnswerIs()
    {
        var tasks = new SkillTasks(Parts.World, Parts.Wordings);
        var random = new Random(2);
        var seen = Enumerable.Range(0, 2000)
            .Select(n => tasks.Next(1, random, n % 2 == 0 ? Split.HeldOut : Split.Trained, names: Split.HeldOut)[0]).ToArray();
        Assert.All(seen, task => Assert.True(task.IsRight(task.Answer), $"{task.System}\n{task.Question}\n{task.Answer}"));
        Assert.All(seen.Where(task => task.Skills.Contains(Skill.Capitals) && task.Answer.Any(char.IsLetter)), task => Assert.False(
            task.IsRight(task.Answer.ToLowerInvariant())));
        Assert.All(seen.Where(task => !task.Skills.Contains(Skill.Capitals) && task.Answer.Any(char.IsLetter)), task => Assert.False(
            task.IsRight(task.Answer.ToUpperInvariant())));
        Assert.All(seen.Where(task => !task.Skills.Contains(Skill.Robot)), task => Assert.False(task.IsRight("Beep. " + task.Answer)));
        Assert.All(seen.Where(task => task.Skills.Contains(Skill.End)), task => Assert.False(
            task.IsRight(task.Answer[..^task.End.Length].Trim())));
        Assert.All(
            seen.Where(task => task.Skills.Contains(Skill.OneWord)), task => Assert.False(task.IsRight("The answer is " + task.Answer)));
    }

    [Fact]
    public void PractisedSkillsAreTrainedAndNeverEvaluated()
    {
        var tasks = new SkillTasks(Parts.World, Parts.Wordings);
        var random = new Random(3);
        var trained = Enumerable.Range(0, 4000)
            .Select(_ => tasks.Next(1, random, skills: Split.Trained, names: Split.Trained)[0])
            .Select(task => task with { System = Quotes().Replace(task.System, "\"") }).ToArray();
        var evaluated = Enumerable.Range(0, 1000)
            .Select(n => tasks.Next(1, random, n % 2 == 0 ? Split.HeldOut : Split.Trained, names: Split.HeldOut)[0]).ToArray();
        Assert.DoesNotContain(evaluated, task => task.Skills.Any(skill => skill > Skill.Figures));
        Assert.All(Alone(Skill.Stars), task => Assert.Matches(@"^\*[^*]+\*$", task.Answer));
        Assert.All(Alone(Skill.Brackets), task => Assert.Matches(@"^\([^()]+\)$", task.Answer));
        Assert.All(Alone(Skill.Small), task => Assert.DoesNotContain(task.Answer, char.IsUpper));
        Assert.All(
            Alone(Skill.Twice), task => Assert.Equal(task.Answer[..(task.Answer.Length / 2)], task.Answer[(task.Answer.Length / 2 + 1)..]));
        Assert.All(Alone(Skill.Speaker), task => Assert.Contains($"\"{task.Answer.Split(' ')[0]}", task.System, StringComparison.Ordinal));
        Assert.All(Alone(Skill.Courtier), task => Assert.Contains(
            $"\"{task.Answer.Split(", ")[^1].TrimEnd('.')}\"", task.System, StringComparison.Ordinal));
        Assert.All(Alone(Skill.Greet), task => Assert.Contains($"\"{task.Answer.Split(' ')[0]}", task.System, StringComparison.Ordinal));
        Assert.All(Alone(Skill.Sign), task => Assert.Contains($"{task.Answer.Split(' ')[^1]}\"", task.System, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Skill>(), skill => Assert.Contains(trained, task => task.Skills.Contains(skill)));

        IEnumerable<SkillTask> Alone(Skill skill)
        {
            var alone = trained.Where(task => task.Skills.Count == 1 && task.Skills[0] == skill).ToArray();
            Assert.NotEmpty(alone);
            return alone;
        }
    }

    [GeneratedRegex("['‘’“”]")]
    private static partial Regex Quotes();

    [Theory]
    [InlineData(nameof(Skill.Capitals), 1000)]
    [InlineData(nameof(Skill.OneWord), 1000)]
    [InlineData(nameof(Skill.Pirate), 500)]
    [InlineData(nameof(Skill.Minutes), 400)]
    public void AnInstructionIsGivenInHundredsOfWordings(string name, int fewest)
    {
        var (tasks, random, skill) = (new SkillTasks(Parts.World, Parts.Wordings), new Random(7), Enum.Parse<Skill>(name));
        Assert.True(Enumerable.Range(0, 5000).Select(_ => Bare(tasks.InMessage(skill, "What?", random))).Distinct().Count() > fewest);
        Assert.True(Enumerable.Range(0, 5000).Select(_ => Bare(tasks.InSystem(skill, random))).Distinct().Count() > fewest);

        static string Bare(string said) => Quotes().Replace(said, "\"");
    }

    // In capitals from now on, then normal again: the rule holds between the two.
    [Fact]
    public void AnInstructionHoldsUntilItIsLifted()
    {
        var (tasks, random) = (new SkillTasks(Parts.World, Parts.Wordings), new Random(8));
        var talks = Enumerable.Range(0, 4000).Select(_ => tasks.NextTalk(random)).ToArray();
        Assert.All(talks, talk => Assert.Equal("assistant", talk[^1].Role));
        var ruled = talks.Select(talk => talk.Where(message => message.Role != "system").ToArray())
            .Where(talk => Array.FindIndex(talk, Rules) >= 0).ToArray();
        Assert.NotEmpty(ruled);
        Assert.All(ruled, talk =>
        {
            var on = Array.FindIndex(talk, Rules);
            Assert.DoesNotContain(talk[on + (talk[on + 1].Content == "All right." ? 3 : 1)].Content, char.IsLower);
        });

        static bool Rules(ChatMessage message) =>
            message.Role == "user" && message.Content.StartsWith("From now on", StringComparison.Ordinal)
            && message.Content.Contains("in capitals", StringComparison.Ordinal);
    }

    [Fact]
    public void AMisreadInstructionIsAnotherAnswerToTheSameQuestion()
    {
        var (tasks, random) = (new SkillTasks(Parts.World, Parts.Wordings), new Random(6));
        var pairs = Enumerable.Range(0, 1000).Select(_ => tasks.NextMisread(random)).ToArray();
        Assert.All(pairs, pair => Assert.False(SkillTasks.IsHeldOut(pair.Right.Skills)));
        Assert.All(pairs, pair => Assert.NotEqual(pair.Right.Answer, pair.Wrong));
        var judged = pairs.Where(pair => pair.Right.Skills.All(skill => skill <= Skill.Figures)).ToArray();
        Assert.All(judged, pair => Assert.True(pair.Right.IsRight(pair.Right.Answer), pair.Right.System));
        // Another animal may have as many legs, so not every wrong answer lacks what a right one must hold.
        Assert.InRange(judged.Count(pair => !pair.Right.IsRight(pair.Wrong)), judged.Length * 0.8, judged.Length);
    }

    [Fact]
    public void CapitalsAreWhatTheUserWroteInTheOtherCase()
    {
        var (chats, random) = (new CapitalsChats(Parts.World, Parts.Wordings), new Random(5));
        var turned = Enumerable.Range(0, 1000).Select(_ => chats.Turned(random)).ToArray();
        Assert.All(turned, exchange =>
        {
            Assert.Contains(exchange.Answer, exchange.Question, StringComparison.OrdinalIgnoreCase);
            Assert.True(!exchange.Answer.Any(char.IsUpper) || !exchange.Answer.Any(char.IsLower), exchange.Answer);
        });
        Assert.InRange(turned.Count(exchange => exchange.Answer.Any(char.IsUpper)), 500, 700);
        Assert.All(Enumerable.Range(0, 500).Select(_ => chats.Named(random)), exchange =>
        {
            Assert.Contains(exchange.Answer, exchange.Question, StringComparison.OrdinalIgnoreCase);
            Assert.True(char.IsUpper(exchange.Answer[0]) && exchange.Answer.Any(char.IsLower), exchange.Answer);
        });
    }

    [Fact]
    public void NamingTurnsEveryPluralIntoItsSingularAndBack()
    {
        foreach (var (question, answer) in Exchanges(new NamingChats(Parts.Wordings), seed: 4))
        {
            Assert.All(answer.TrimEnd('.').Split(", "), name => Assert.True(
                Plurals(name).Any(many => question.Contains($" {many}", StringComparison.Ordinal))
                    || Singulars(name).Any(one => question.Contains(English.WithArticle(one), StringComparison.Ordinal)),
                $"{question} => {answer}"));
        }
    }

    private static IEnumerable<(string Question, string Answer)> Exchanges(NamingChats source, int seed) =>
        source.Generate(new Random(seed)).Take(200).SelectMany(chat =>
            chat.Messages.Where(m => m.Role == "user")
                .Zip(chat.Messages.Where(m => m.Role == "assistant"), (user, assistant) => (user.Content, assistant.Content)));

    private static string[] Plurals(string one) => [English.Plural(one), one.TrimEnd('e').TrimEnd('f') + "ves"];

    private static IEnumerable<string> Singulars(string many) =>
        new[] { many[..^1], many[..^2], many[..^3] + "y", many[..^3] + "f", many[..^3] + "fe" }.Where(one => Plurals(one).Contains(many));

    [Fact]
    public void AMemoryToldBesideHasTheSameKindAndIsAboutAnother()
    {
        var random = new Random(5);
        for (var n = 0; n < 300; n++)
        {
            var told = LlmRabbitHoles.Alice.Memories.Some(random, 3, heldOut: false);
            var beside = LlmRabbitHoles.Alice.Memories.Beside(told, random);
            if (told[0].Who.Length == 0) Assert.Same(told[^1], beside);
            else Assert.True(beside.Kind == told[0].Kind && told.All(other => other.Kind != beside.Kind || other.Who != beside.Who));
        }
    }

    [Fact]
    public void AFormIsRightWithExactlyItsFieldsAndValues()
    {
        var form = new JsonForm("order", "I want 3 cups.", [new("item", "string", "\"cups\""), new("count", "number", "3")]);
        Assert.Equal("""{"item": string, "count": number}""", form.Form);
        Assert.True(form.IsRight("""{"item": "cups", "count": 3}"""));
        Assert.True(form.IsRight("""{"count": 3, "item": "cups"}"""));
        Assert.All(
            ["""{"item": "cups", "count": "3"}""", """{"item": "cups", "count": 4}""", """{"item": "cups"}""",
                """{"item": "cups", "count": 3, "name": "Tom"}""",
                """{"item": "cups", "count": 3} Done.""", """["cups", 3]""", "three cups", """{"item": "cups", "count": 3, "count": 3}"""],
            answer => Assert.False(form.IsRight(answer), answer));
    }

    [Fact]
    public void EveryFormIsFilledWithJson()
    {
        var forms = new JsonForms(Parts.World, Parts.Wordings);
        var random = new Random(3);
        for (var n = 0; n < 500; n++)
        {
            var form = forms.Next(random, heldOut: n % 2 == 0);
            Assert.True(form.IsRight(form.Answer), form.Answer);
            Assert.Equal(form.Fields.Count, JsonDocument.Parse(form.Answer).RootElement.EnumerateObject().Count());
        }
    }

    // s t r a w b e r r y: r is third, eighth and ninth.
    [Fact]
    public void LettersAreCountedAlongTheWord()
    {
        var letters = new Letters("strawberry", 'r');
        Assert.Equal("s t r a w b e r r y", letters.Spelled);
        Assert.Equal("s0 t0 r1 a1 w1 b1 e1 r2 r3 y3", letters.Running);
        Assert.Equal(3, letters.Count);
    }

    [Fact]
    public void WordsOfTheEvaluationAreSpelledButNeverCounted()
    {
        var random = new Random(1);
        string[] counted = [.. Enumerable.Range(0, 5000).Select(_ => LetterTask.Next(Parts.Wordings, random).Word),
            .. new SpellingDocuments(Parts.Wordings).Generate(new Random(1)).Take(2000)
                .SelectMany(document => document.Text.Split('\n')).Where(line => line.StartsWith("Answer", StringComparison.Ordinal))
                .Select(WordOfThought)];
        var held = Letters.Untrained.ToHashSet();
        Assert.InRange(held.Count, 80, 200);
        Assert.DoesNotContain(counted, held.Contains);
    }

    // "Answer: l a m p: l0 a1 m1 p1 = 1" counts along "lamp".
    private static string WordOfThought(string line) =>
        string.Concat(line[(line.LastIndexOf(':') + 1)..line.IndexOf('=', StringComparison.Ordinal)].Where(char.IsLetter));

    [Fact]
    public void EveryAnswerAboutLettersIsCountedByHand()
    {
        var random = new Random(2);
        var tasks = Enumerable.Range(0, 5000).Select(_ => LetterTask.Next(Parts.Wordings, random)).ToArray();
        Assert.All(tasks, task =>
        {
            var said = task.Answer[(task.Answer.IndexOf("<|/think|>", StringComparison.Ordinal) is var at && at < 0 ? 0 : at + 10)..];
            Assert.True(task.Kind switch
            {
                "count" => said == $"{task.Word.Split(task.Letter).Length - 1}" && Asks(task, $"{task.Letter}"),
                "spell" => said.Replace(" ", "") == task.Word,
                "join" => said == task.Word,
                "nth" => said == task.Word.Substring(task.Place, 1) && Asks(task, Ordinals(task.Place, task.Word.Length)),
                "length" => said == $"{task.Word.Length}",
                "reverse" => said == new string([.. task.Word.Reverse()]),
                _ => said == (task.Word.Contains(task.Letter) ? "Yes." : "No.") && Asks(task, $"{task.Letter}"),
            }, task.ToString());
            Assert.True(task.Question.Contains(task.Word, StringComparison.OrdinalIgnoreCase)
                || task.Question.Contains(Letters.Spell(task.Word), StringComparison.OrdinalIgnoreCase), task.ToString());
        });
        var counts = tasks.Where(task => task.Kind == "count").ToArray();
        foreach (var spelled in new[] { true, false })
        {
            var some = counts.Where(task => IsSpelled(task) == spelled).ToArray();
            Assert.InRange(some.Length, counts.Length * 0.45, counts.Length * 0.55);
            var atOnce = some.Count(task => task.Answer.StartsWith("<|think|><|/think|>", StringComparison.Ordinal));
            Assert.InRange(atOnce, some.Length * 0.11, some.Length * 0.19);
        }

        // The question names one of these, apart from the word itself.
        static bool Asks(LetterTask task, params string[] names) => names.Any(name => task.Question
            .Replace(Letters.Spell(task.Word), "", StringComparison.OrdinalIgnoreCase)
            .Replace(task.Word, "", StringComparison.OrdinalIgnoreCase).Contains(name, StringComparison.OrdinalIgnoreCase));

        // "How does lamp begin?" asks for the first letter, "with which letter does it end?" for the last.
        static string[] Ordinals(int place, int length) => place == length - 1
            ? ["last", "end", "finish", Sequences.Ordinals[Math.Min(place, 11)]]
            : place == 0 ? ["first", "begin", "start"] : [Sequences.Ordinals[place]];

        static bool IsSpelled(LetterTask task) => task.Question.Contains(Letters.Spell(task.Word), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void PreferencesPreferTheTruth()
    {
        var preferences = new HonestyPreferences(Parts.World, Parts.Wordings).Generate(new Random(1)).Take(1000).ToArray();
        Assert.All(preferences, preference => Assert.NotEqual(preference.Chosen, preference.Rejected));
        Assert.All(preferences, preference => Assert.Single(
            new[] { preference.Chosen, preference.Rejected }, answer => answer.StartsWith(Unknowns.Answer, StringComparison.Ordinal)));
        Assert.DoesNotContain(
            preferences, preference => (preference.Chosen + preference.Rejected + preference.Prompt[^1].Content).Contains('\u0001'));
        Assert.InRange(preferences.Count(preference => preference.Chosen.StartsWith(Unknowns.Answer, StringComparison.Ordinal)), 400, 700);
    }

    private static IEnumerable<Recollection> Memories(bool heldOut)
    {
        var (random, recollections) = (new Random(4), new Recollections(Parts.World, Parts.Wordings));
        return Enumerable.Range(0, 300).Select(_ => recollections.Next(random, heldOut));
    }
}
